//! Subscribers that panic at each line of the conductor.

use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use super::*;

/// Panics at each event.
struct Deaf;

impl<S: Subscriber> Layer<S> for Deaf {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        panic!("no log");
    }
}

fn panic_at_each_event() -> DefaultGuard {
    tracing::subscriber::set_default(Registry::default().with(Deaf))
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_panics_closes_no_connection() {
    let _guard = panic_at_each_event();
    let conductor = Conductor::new();
    let answer = conductor.answers(&request("none-of-these-tokens", "/v1/ping", "", "null")).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    // A client that is lost in the middle, and one that sends nothing.
    let mut client = conductor.connect().await;
    client.sends(b"no HTTP\r\n\r\n").await;
    assert!(client.answers().await.starts_with("HTTP/1.1 400 "));
    client.serving.await.unwrap();
    assert_eq!(conductor.connect().await.ends_after().await, 10);
}

#[tokio::test]
async fn a_subscriber_that_panics_does_not_end_the_conductor() {
    let _guard = panic_at_each_event();
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    let server = Server::new(&group, OPERATOR).unwrap().connections(1).connections_of_one_address(1);
    let bound = server.bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (bound.local_addr(), Cancellation::new());
    let serving = tokio::spawn(bound.serve(stop.clone()));
    let ping = request(OPERATOR, "/v1/ping", "", "null");
    let mut first = tokio::net::TcpStream::connect(address).await.unwrap();
    first.write_all(ping.as_bytes()).await.unwrap();
    assert_eq!(first.read_u8().await.unwrap(), b'H');
    // The address has its share: that is logged, and the connection is closed.
    let mut second = tokio::net::TcpStream::connect(address).await.unwrap();
    let _ = second.write_all(ping.as_bytes()).await;
    let _ = second.read_to_end(&mut Vec::new()).await;
    drop(first);
    // Its place is free a moment later.
    let is_answered = async || {
        let mut third = tokio::net::TcpStream::connect(address).await.unwrap();
        let _ = third.write_all(ping.as_bytes()).await;
        third.read_u8().await.is_ok_and(|first| first == b'H')
    };
    while !is_answered().await {
        assert!(!serving.is_finished(), "the conductor has ended");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.cancel();
    serving.await.unwrap().unwrap();
}
