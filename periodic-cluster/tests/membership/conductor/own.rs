//! The behaviour of a conductor alone.

use std::time::{Duration, Instant};

use periodic_cluster::conductor::{Client, Server};
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{MemberChange, Membership as _, MembershipErrorKind, Process, ServiceGroup};
use periodic_core::task::Cancellation;
use periodic_test_support::LogCapture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::Conductor;
use super::serving::TOKEN;
use crate::fixture::{Fixture as _, compute, enter, next};

#[tokio::test]
async fn a_wrong_token_is_refused_and_not_told() {
    let store = Conductor::start().await.unwrap();
    let client = Client::from_url(&store.0.url().replace(TOKEN, "another-token-00")).unwrap();
    let error = client.ping().await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Store);
    assert_eq!(error.to_string(), "the conductor refuses the token");
    // Waiting does not help.
    assert_eq!(client.wait_until_ready().await.unwrap_err().kind(), MembershipErrorKind::Store);
    let said = format!(
        "{client:?} {error:?} {:?}",
        ServiceGroup::connect("conductor+http://another-token-00@").await
    );
    assert!(!said.contains("another-token"), "{said}");
}

#[tokio::test]
async fn what_the_engine_can_do_is_told() {
    let store = Conductor::start().await.unwrap();
    assert!(!store.client().capabilities().force_down, "nothing is claimed before it is known");
    assert_eq!(store.connect().await.capabilities(), MemoryMembership::new().capabilities());
    let group = ServiceGroup::connect(&store.0.url()).await.unwrap();
    assert!(group.capabilities().force_down);
}

#[tokio::test]
async fn a_process_is_that_of_the_node() {
    let store = Conductor::start().await.unwrap();
    let client = store.connect().await;
    let mut service = compute("node-1");
    (service.pid, service.run) = (1, 2);
    enter(&client, &service).await;
    assert_eq!(client.members().await.unwrap()[0].process, Some(Process { pid: 1, run: 2 }));
    client.leave(&service).await.unwrap();
    assert_eq!(client.beat(&service).await.unwrap_err().kind(), MembershipErrorKind::NotJoined);
    // The same process id, after a reboot or in another container.
    service.run = 3;
    client.beat(&service).await.unwrap();
}

#[tokio::test]
async fn a_watch_outlives_the_conductor() {
    let store = Conductor::start().await.unwrap();
    let client = store.connect().await;
    enter(&client, &compute("node-1")).await;
    let mut changes = client.watch().await.unwrap();
    store.0.stop().await;
    let told = changes.next().await.unwrap();
    assert_eq!(told.unwrap_err().kind(), MembershipErrorKind::Unavailable);
    store.0.begin().await;
    enter(&client, &compute("node-2")).await;
    let joined = next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
    assert_eq!(joined.member().host, "node-2");
}

#[tokio::test(start_paused = true)]
async fn a_node_waits_for_its_conductor() {
    // A port without a listener.
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = Client::from_url(&format!("conductor+http://{TOKEN}@{address}")).unwrap();
    let said = LogCapture::default();
    let _guard = said.listen();
    let begun = tokio::time::Instant::now();
    let waiting = tokio::spawn(async move { client.wait_until_ready().await });
    // After ten pings there is one a minute.
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert!(!waiting.is_finished());
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    let server = Server::new(&group, TOKEN).unwrap().bind(address).await.unwrap();
    let _serving = tokio::spawn(server.serve(Cancellation::new()));
    waiting.await.unwrap().unwrap();
    assert_eq!(begun.elapsed().as_secs(), 90 + 60);
    let missed = said.containing("WARN");
    assert_eq!(missed.len(), 10, "one for each ping: {said:?}");
    let cause = format!("the conductor at `{address}` cannot be reached: Connection refused");
    assert!(
        missed.iter().all(|line| line.contains(&cause) && line.contains("the service waits for it")),
        "{missed:?}"
    );
    assert_eq!(said.containing("INFO").len(), 1, "{said:?}");
    assert!(said.containing("hush").is_empty(), "{said:?}");
}

#[tokio::test]
async fn a_conductor_that_answers_at_once_is_no_news() {
    let store = Conductor::start().await.unwrap();
    let said = LogCapture::default();
    let _guard = said.listen();
    store.client().wait_until_ready().await.unwrap();
    assert!(said.containing("WARN").is_empty() && said.containing("INFO").is_empty(), "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn a_conductor_that_does_not_answer_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("conductor+http://{TOKEN}@{}", silent.local_addr().unwrap());
    let begun = tokio::time::Instant::now();
    let error = Client::from_url(&url).unwrap().ping().await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable);
    assert!(begun.elapsed() <= Duration::from_secs(10), "{:?}", begun.elapsed());
}

/// Returns the conductor's answer to these bytes, after which it closes the connection.
async fn said(store: &Conductor, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(store.0.address()).await.unwrap();
    // The conductor may close the connection before a long request is written.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    // A connection that is cut has sent its answer already.
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn what_is_no_request_of_a_client() {
    let store = Conductor::start().await.unwrap();
    let head = format!("Host: x\r\nConnection: close\r\nAuthorization: Bearer {TOKEN}\r\n");
    for (request, status) in [
        ("POST /v1/members HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(), "401"),
        (format!("GET /v1/members HTTP/1.1\r\n{head}\r\n"), "405"),
        (format!("POST /v1/nodes HTTP/1.1\r\n{head}\r\n"), "404"),
        (format!("POST /v1/join HTTP/1.1\r\n{head}Content-Length: 2\r\n\r\n{{}}"), "400"),
        (format!("POST /v1/force_down HTTP/1.1\r\n{head}Content-Length: 2\r\n\r\n[]"), "400"),
        (format!("POST /v1/object HTTP/1.1\r\n{head}Content-Length: 3\r\n\r\nnix"), "400"),
        (format!("POST /v1/join HTTP/1.1\r\n{head}Content-Length: 2000000\r\n\r\n{{}}"), "413"),
    ] {
        let answer = said(&store, request.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.60}: {answer}");
    }
    let long = format!("POST /v1/join HTTP/1.1\r\n{head}X: {}\r\n\r\n", "x".repeat(1_000_000));
    let answer = said(&store, long.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    // The client gets the answer although it still sends.
    let long = format!("POST /v1/join HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n{}", "x".repeat(1_000_000));
    let answer = said(&store, long.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    let client = store.client();
    let error = client.force_down(&"x".repeat(2_000_000), "y", true).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Store, "{error}");
}

#[test]
fn urls_that_are_refused() {
    for (url, part) in [
        ("conductor+https://host", "must have one token"),
        ("conductor+https://token@", "must name one host"),
        ("conductor+https://token@a,b", "must name one host"),
        ("conductor+https://token@a/path", "has no path"),
        ("conductor+https://to%20ken-of-16-signs@a", "a token must have 16 to 512 characters"),
        ("conductor+https://token@a?token_file=x", "must have one token"),
        ("conductor+https://token@a", "a token must have 16 to 512 characters"),
        ("conductor+https://a?token_file=/no/such", "cannot be read"),
        ("conductor+https://a?token_file=/dev/zero", "cannot be read"),
        ("conductor+https://token-of-16-signs@a?ca=/no/such", "certificates cannot be checked"),
        ("conductor+https://token-of-16-signs@a?ca=/dev/zero", "certificates cannot be checked"),
        ("conductor+http://token-of-16-signs@a?ca=x", "`ca` has no meaning"),
        ("conductor+http://token@a?colour=x", "takes no `colour`"),
        ("sqlite:nodes.db", "expected a URL that begins with"),
    ] {
        let error = Client::from_url(url).unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Url);
        assert!(error.to_string().contains(part), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_call_a_connection_is_not_needed() {
    let store = Conductor::start().await.unwrap();
    let client = store.connect().await;
    enter(&client, &compute("node-1")).await;
    let begun = Instant::now();
    for _ in 0..200 {
        client.beat(&compute("node-1")).await.unwrap();
    }
    assert_eq!(client.members().await.unwrap()[0].report_count, 200, "each once");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
