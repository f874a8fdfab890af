//! More clients than the connections of a conductor.

use std::net::SocketAddr;
use std::time::Duration;

use periodic_cluster::ServiceGroup;
use periodic_cluster::conductor::{Client, Server};
use periodic_cluster::memory::MemoryMembership;
use periodic_core::task::Cancellation;
use periodic_test_support::LogCapture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::serving::{Serving, TOKEN};
use super::tls::Certificates;

/// Creates a conductor with `places` connections, of which one address may have `of_one`.
async fn conductor(places: usize, of_one: usize) -> SocketAddr {
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    let server = Server::new(&group, TOKEN).unwrap().connections(places).connections_of_one_address(of_one);
    let bound = server.bind("127.0.0.1:0").await.unwrap();
    let address = bound.local_addr();
    tokio::spawn(bound.serve(Cancellation::new()));
    address
}

fn client(address: SocketAddr) -> Client {
    Client::from_url(&format!("conductor+http://{TOKEN}@{address}")).unwrap()
}

/// Opens a connection from this address of the loopback, and sends nothing.
async fn silent(from: [u8; 4], to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Waits until the other side has closed the connection.
async fn is_closed(mut stream: TcpStream) {
    let _ = stream.read_to_end(&mut Vec::new()).await;
}

/// Opens a connection that has shown a token and stays open.
async fn known(from: [u8; 4], to: SocketAddr) -> TcpStream {
    let mut stream = silent(from, to).await;
    let request = format!("POST /v1/ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    stream
}

#[tokio::test]
async fn strangers_make_room_for_those_who_come() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let address = conductor(20, 20).await;
    let mut strangers = Vec::new();
    for _ in 0..100 {
        strangers.push(silent([127, 0, 0, 1], address).await);
    }
    // It is served immediately, although it is one more.
    client(address).ping().await.unwrap();
    strangers.truncate(80);
    for stranger in strangers {
        is_closed(stranger).await;
    }
    let full = said.containing("WARN");
    assert!(
        full.len() == 1 && full[0].contains("are all in use") && full[0].contains("connections=20"),
        "{full:?}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_address_cannot_keep_the_others_out() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let address = conductor(20, 2).await;
    let _greedy = [known([127, 0, 0, 9], address).await, known([127, 0, 0, 9], address).await];
    for _ in 0..50 {
        is_closed(silent([127, 0, 0, 9], address).await).await;
    }
    client(address).ping().await.unwrap();
    let refused = said.containing("WARN");
    assert!(
        refused.len() == 1 && refused[0].contains("127.0.0.9") && refused[0].contains("too many from"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn those_who_are_known_are_not_put_out() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let address = conductor(3, 3).await;
    let mut first = known([127, 0, 0, 1], address).await;
    let others = [known([127, 0, 0, 1], address).await, known([127, 0, 0, 1], address).await];
    // In the last tenth each answer is the last of its connection, so that all have their turn.
    let closing = client(address);
    for other in others {
        is_closed(other).await;
    }
    for _ in 0..10 {
        closing.ping().await.unwrap();
    }
    let request = format!("POST /v1/ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
    first.write_all(request.as_bytes()).await.unwrap();
    assert!(first.read_u8().await.is_ok());
}

#[tokio::test]
async fn that_it_is_full_is_said_once_and_that_it_is_not() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let address = conductor(10, 10).await;
    // Filled repeatedly, it is logged once a minute.
    for _ in 1..=3 {
        let mut strangers = Vec::new();
        for _ in 0..15 {
            strangers.push(silent([127, 0, 0, 1], address).await);
        }
        client(address).ping().await.unwrap();
        assert_eq!(said.containing("are all in use").len(), 1, "{said:?}");
        drop(strangers);
        while said.containing("has free connections again").is_empty() {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(said.containing("has free connections again").len(), 1, "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn a_tls_handshake_that_does_not_end_is_not_waited_for() {
    let serving = Serving::start(
        ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME),
        Some(Certificates::new()),
    )
    .await;
    let begun = tokio::time::Instant::now();
    let mut silent = TcpStream::connect(serving.address()).await.unwrap();
    // The beginning of a handshake.
    silent.write_all(&[0x16, 3, 1, 2, 0, 1]).await.unwrap();
    is_closed(silent).await;
    assert_eq!(begun.elapsed().as_secs(), 10);
    let mut talks_http = TcpStream::connect(serving.address()).await.unwrap();
    talks_http.write_all(b"POST /v1/ping HTTP/1.1\r\n\r\n").await.unwrap();
    is_closed(talks_http).await;
    assert!(begun.elapsed() < Duration::from_secs(20));
}
