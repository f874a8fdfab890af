//! Each kind of server starts, dies, restarts and pauses, as the tests that use it expect.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::ErrorKind;
use std::time::Duration;

use periodic_test_servers::{Proxy, Server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Whether the server accepts a connection.
async fn listens(server: &Server) -> bool {
    TcpStream::connect(server.address()).await.is_ok()
}

async fn breaks_and_comes_back(server: &Server) {
    server.kill();
    assert!(!listens(server).await, "it is dead");
    server.restart().await;
    server.stop().await;
    assert!(!listens(server).await, "it has stopped");
    server.restart().await;
    server.pause();
    assert!(timeout(Duration::from_millis(300), server.until_ready()).await.is_err(), "it stands still");
    server.resume();
    server.until_ready().await;
    server.pause();
}

#[tokio::test]
async fn postgres() {
    let Some(server) = Server::postgres().await else { return };
    breaks_and_comes_back(&server).await;
}

#[tokio::test]
async fn etcd() {
    let Some(server) = Server::etcd().await else { return };
    breaks_and_comes_back(&server).await;
}

#[tokio::test]
async fn zookeeper() {
    let Some(server) = Server::zookeeper().await else { return };
    breaks_and_comes_back(&server).await;
}

#[tokio::test]
async fn memcached() {
    let Some(server) = Server::memcached().await else { return };
    breaks_and_comes_back(&server).await;
}

#[tokio::test]
async fn an_etcd_cluster_outlives_a_node() {
    let Some([first, second, third]) = Server::etcd_ensemble().await else { return };
    first.kill();
    second.until_ready().await;
    third.until_ready().await;
    first.restart().await;
}

#[tokio::test]
async fn a_zookeeper_ensemble_outlives_a_node() {
    let Some([first, second, third]) = Server::zookeeper_ensemble().await else { return };
    second.kill();
    first.until_ready().await;
    third.until_ready().await;
    second.restart().await;
}

#[tokio::test]
async fn the_proxy_does_what_networks_do() {
    let Some(server) = Server::memcached().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let ask = async |stream: &mut TcpStream| {
        stream.write_all(b"version\r\n").await?;
        stream.read(&mut [0; 100]).await
    };
    let connect = async || TcpStream::connect(proxy.address()).await.unwrap();

    let mut stream = connect().await;
    assert!(ask(&mut stream).await.unwrap() > 0);

    proxy.delay(Duration::from_millis(100));
    let begin = std::time::Instant::now();
    assert!(ask(&mut stream).await.unwrap() > 0);
    assert!(begin.elapsed() >= Duration::from_millis(200), "there and back");

    proxy.cut_answers();
    assert_eq!(ask(&mut stream).await.unwrap_or(0), 0, "it was closed");

    proxy.heal();
    let (mut old, mut closed) = (connect().await, connect().await);
    assert!(ask(&mut old).await.unwrap() > 0 && ask(&mut closed).await.unwrap() > 0);
    proxy.swallow();
    let silent = Duration::from_millis(200);
    assert!(timeout(silent, ask(&mut old)).await.is_err());
    let mut new = connect().await;
    assert!(timeout(silent, ask(&mut new)).await.is_err());

    proxy.heal();
    assert!(timeout(silent, ask(&mut old)).await.is_err(), "it stays dead");
    assert!(ask(&mut connect().await).await.unwrap() > 0);

    proxy.cut();
    let end = ask(&mut closed).await.or_else(|error| match error.kind() {
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Ok(0),
        _ => Err(error),
    });
    assert_eq!(end.unwrap(), 0);
    assert_eq!(ask(&mut connect().await).await.unwrap_or(0), 0);
}
