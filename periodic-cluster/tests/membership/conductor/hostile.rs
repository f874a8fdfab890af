//! A client of a server that is no correct conductor.

use std::time::Duration;

use periodic_cluster::conductor::Client;
use periodic_cluster::{Membership as _, MembershipError, MembershipErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::serving::TOKEN;
use super::tls::Certificates;

/// Answers each request on each connection with these parts, `apart` from each other, and then waits for the client's
/// end.
async fn speaks(parts: Vec<Vec<u8>>, apart: Duration) -> (Client, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("conductor+http://{TOKEN}@{}", listener.local_addr().unwrap());
    let speaking = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(answers(stream, parts.clone(), apart));
        }
    });
    (Client::from_url(&url).unwrap(), speaking)
}

async fn answers(mut stream: TcpStream, parts: Vec<Vec<u8>>, apart: Duration) {
    let mut request = [0; 4096];
    while stream.read(&mut request).await.is_ok_and(|read| read > 0) {
        for part in &parts {
            if stream.write_all(part).await.is_err() {
                return;
            }
            if !apart.is_zero() {
                tokio::time::sleep(apart).await;
            }
        }
    }
}

/// Returns the error of a ping, and the seconds until it.
async fn fails(parts: Vec<Vec<u8>>, apart: Duration) -> (MembershipError, u64) {
    let (client, speaking) = speaks(parts, apart).await;
    let begun = Instant::now();
    let error = client.ping().await.unwrap_err();
    speaking.abort();
    (error, begun.elapsed().as_secs())
}

fn text(text: impl Into<String>) -> Vec<u8> {
    text.into().into_bytes()
}

fn answer(status: &str, body: &str) -> Vec<u8> {
    text(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

#[tokio::test(start_paused = true)]
async fn an_answer_in_drops_is_not_waited_for() {
    let second = Duration::from_secs(1);
    let byte_by_byte = |text: &str| text.bytes().map(|byte| vec![byte]).collect::<Vec<_>>();
    for parts in [
        byte_by_byte(&format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{:1000}", "")),
        byte_by_byte(&format!("HTTP/1.1 200 OK\r\n{}", "X: y\r\n".repeat(50))),
        vec![text("HTTP/1.1 100 Continue\r\n\r\n"); 100],
        [vec![text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")], vec![text("1\r\n \r\n"); 100]]
            .concat(),
    ] {
        let (error, after) = fails(parts, second).await;
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable);
        assert!(error.to_string().ends_with("did not answer within 10s"), "{error}");
        assert_eq!(after, 10);
    }
}

#[tokio::test(start_paused = true)]
async fn a_tls_handshake_without_an_end_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("conductor+https://{TOKEN}@{}", listener.local_addr().unwrap());
    let certificates = Certificates::new();
    let url = format!("{url}?ca={}", certificates.authority().display());
    let begun = Instant::now();
    let error = Client::from_url(&url).unwrap().ping().await.unwrap_err();
    assert_eq!((error.kind(), begun.elapsed().as_secs()), (MembershipErrorKind::Unavailable, 5), "{error:?}");
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_it() {
    let head = |length: &str| text(format!("HTTP/1.1 200 OK\r\n{length}\r\n\r\n"));
    let many = vec![vec![b' '; 1 << 20]; 18];
    let chunk = [text("100000\r\n"), vec![b' '; 1 << 20], text("\r\n")].concat();
    for parts in [
        vec![head("Content-Length: 9000000000000000000")],
        [vec![head("Content-Length: 18874368")], many.clone()].concat(),
        [vec![head("Transfer-Encoding: chunked")], vec![chunk; 18]].concat(),
        // Until the connection ends.
        [vec![head("X: y")], many].concat(),
    ] {
        let (error, _) = fails(parts, Duration::ZERO).await;
        assert_eq!(error.kind(), MembershipErrorKind::Store);
        assert!(error.to_string().ends_with("sent an answer of more than 16777216 bytes"), "{error}");
    }
    let (error, _) = fails(vec![vec![b'x'; 1 << 20]; 4], Duration::ZERO).await;
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let head = format!(
        "HTTP/1.1 307 Go\r\nLocation: http://{}/\r\nContent-Length: 0\r\n\r\n",
        elsewhere.local_addr().unwrap()
    );
    let (error, _) = fails(vec![text(head)], Duration::ZERO).await;
    assert!(error.to_string().contains("answered 307 Temporary Redirect: expected a conductor"), "{error}");
    // The token was sent nowhere else.
    assert!(tokio::time::timeout(Duration::ZERO, elsewhere.accept()).await.is_err());
}

#[tokio::test]
async fn what_is_answered_is_shown_harmlessly() {
    let failure = |text: &str, causes: usize| {
        let cause = format!("{text:?},").repeat(causes);
        format!(r#"{{"kind":"odd","text":{text:?},"causes":[{}]}}"#, cause.trim_end_matches(','))
    };
    let (error, _) = fails(
        vec![answer("500 No", &failure("no\\nroot@host # ", 1).replace("\\\\n", "\\n\\u001b[2J"))],
        Duration::ZERO,
    )
    .await;
    assert_eq!(error.kind(), MembershipErrorKind::Store);
    assert!(!format!("{error:?} {error}").contains(char::is_control), "{error:?}");
    // An error of the parser repeats its input.
    let odd = "{\"pushes\":\"\\u001b[2J\\nroot@host # \"}";
    let (error, _) = fails(vec![answer("200 OK", odd)], Duration::ZERO).await;
    let shown = format!("{error:?}");
    assert!(shown.contains("root@host") && !shown.contains(char::is_control), "{shown:?}");
    let (error, _) = fails(vec![answer("500 No", &failure(&"x".repeat(300_000), 40))], Duration::ZERO).await;
    assert!(format!("{error:?}").len() < 200_000);
    assert!(error.to_string().ends_with("bytes more)"), "{error}");
}

#[tokio::test]
async fn answers_that_say_something_else() {
    let deep = "[".repeat(200_000);
    for body in ["", "null", "[]", "{\"pushes\":1}", "\u{feff}{}", &deep] {
        let (error, _) = fails(vec![answer("200 OK", body)], Duration::ZERO).await;
        assert_eq!(error.kind(), MembershipErrorKind::Store, "{body:.99}");
        assert!(error.to_string().ends_with("sent an answer that this version cannot read"), "{error}");
    }
    for head in
        ["SSH-2.0-OpenSSH_9.9\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"]
    {
        let (error, _) = fails(vec![text(head)], Duration::ZERO).await;
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{head}: {error}");
    }
}

/// Watches a conductor without members, whose watch sends these parts, `apart` from each other. Returns the first
/// error, and the seconds until it.
async fn watch_fails(parts: Vec<Vec<u8>>, apart: Duration) -> (String, u64) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("conductor+http://{TOKEN}@{}", listener.local_addr().unwrap());
    let speaking = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let parts = parts.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let read = stream.read(&mut request).await.unwrap();
                if request[..read].starts_with(b"POST /v1/watch ") {
                    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
                    stream.write_all(head).await.unwrap();
                    answers_to_nothing(stream, parts, apart).await;
                } else {
                    let _ = stream.write_all(&answer("200 OK", "[]")).await;
                }
            });
        }
    });
    let mut changes = Client::from_url(&url).unwrap().watch().await.unwrap();
    let begun = Instant::now();
    let error = loop {
        if let Err(error) = changes.next().await.unwrap() {
            break error;
        }
    };
    speaking.abort();
    (error.to_string(), begun.elapsed().as_secs())
}

async fn answers_to_nothing(mut stream: TcpStream, parts: Vec<Vec<u8>>, apart: Duration) {
    for part in &parts {
        tokio::time::sleep(apart).await;
        if stream.write_all(part).await.is_err() {
            return;
        }
    }
    std::future::pending::<()>().await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_tells_no_whole_line_is_lost() {
    let (error, after) = watch_fails(Vec::new(), Duration::ZERO).await;
    assert!(error.ends_with("sent nothing for 15s") && after == 15, "{error} after {after}");
    // Each part comes in time, and none ends a line.
    let (error, after) = watch_fails(vec![text("{"); 100], Duration::from_secs(14)).await;
    assert!(error.ends_with("sent nothing for 15s") && after == 15, "{error} after {after}");
    // Empty lines are signs of life.
    let (error, after) = watch_fails(vec![text("\n"); 10], Duration::from_secs(14)).await;
    assert!(error.ends_with("sent nothing for 15s") && after == 155, "{error} after {after}");
}

#[tokio::test]
async fn lines_of_a_watch_are_bounded() {
    let (error, _) = watch_fails(vec![vec![b'x'; 1 << 19]; 3], Duration::ZERO).await;
    assert!(error.ends_with("sent a line that is too long"), "{error}");
    let (error, _) = watch_fails(vec![text("{\"odd\":[]}\n")], Duration::ZERO).await;
    assert!(error.ends_with("sent a change that this version cannot read"), "{error}");
}

#[tokio::test]
async fn a_watch_tells_of_no_more_members_than_there_can_be() {
    let line = |number: usize| {
        format!(
            r#"{{"joined":{{"host":"n{number}","service":"s","topic":"t","process":null,"created_at":0,"last_seen":null,"report_count":0,"forced_down":false,"sign":"present"}}}}"#
        ) + "\n"
    };
    let lines: String = (0..120_002).map(line).collect();
    let (error, _) = watch_fails(vec![text(lines)], Duration::ZERO).await;
    assert!(error.ends_with("listed more members than a group can have"), "{error}");
}
