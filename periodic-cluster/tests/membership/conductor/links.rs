//! The connection that a client keeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use periodic_cluster::Membership as _;
use periodic_cluster::conductor::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::serving::TOKEN;

/// Creates a client of a conductor without members, which ends each connection after `answers` answers. Also returns
/// the number of its connections.
async fn conductor(answers: usize, body: &'static [u8]) -> (Client, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("conductor+http://{TOKEN}@{}", listener.local_addr().unwrap());
    let connections = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, answers, body));
        }
    });
    (Client::from_url(&url).unwrap(), connections)
}

async fn serve(mut stream: TcpStream, answers: usize, body: &'static [u8]) {
    let mut request = [0; 4096];
    for answer in 1..=answers {
        if !stream.read(&mut request).await.is_ok_and(|read| read > 0) {
            return;
        }
        let connection = if answer == answers { "close" } else { "keep-alive" };
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nConnection: {connection}\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
    }
}

#[tokio::test]
async fn one_that_goes_on_is_kept_for_the_next_call() {
    let (client, connections) = conductor(usize::MAX, b"[]").await;
    for _ in 0..10 {
        assert!(client.members().await.unwrap().is_empty());
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn one_that_the_conductor_ends_is_made_again() {
    let (client, connections) = conductor(2, b"[]").await;
    for _ in 0..10 {
        assert!(client.members().await.unwrap().is_empty());
    }
    assert_eq!(connections.load(Ordering::SeqCst), 5);
}

#[tokio::test]
async fn an_answer_of_the_greatest_length_is_read() {
    let body = || [b"[]", &*vec![b' '; (16 << 20) - 2]].concat();
    let (client, _) = conductor(1, body().leak()).await;
    assert!(client.members().await.unwrap().is_empty());
}
