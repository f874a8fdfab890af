//! Failures of the network and actions of operators at a service's memcached.

use std::time::{Duration, Instant};

use periodic_cluster::{Membership, ServiceGroup};
use periodic_test_servers::{Proxy, Server};

use super::{Engine, Memcached};
use crate::coordinated::open;
use crate::fixture::{compute, enter};
use crate::outage;

async fn observer(server: &Server) -> ServiceGroup {
    let url = format!("memcached://{}", server.address());
    ServiceGroup::connect_with(&url, outage::DOWN_TIME).await.unwrap()
}

fn url(address: &str) -> String {
    format!("memcached://{address}")
}

#[tokio::test]
async fn killed_and_started_again() {
    let Some(server) = Memcached::server().await else { return };
    let observer = observer(&server).await;
    let url = url(&server.address());
    outage::is_outlived(&url, observer, async || server.kill(), async || server.restart().await).await;
}

#[tokio::test]
async fn paused_for_longer_than_the_down_time() {
    let Some(server) = Memcached::server().await else { return };
    let observer = observer(&server).await;
    let url = url(&server.address());
    outage::is_outlived(&url, observer, async || server.pause(), async || server.resume()).await;
}

#[tokio::test]
async fn cut_in_the_middle_of_a_beat() {
    let Some(server) = Memcached::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (url, observer) = (url(&proxy.address()), observer(&server).await);
    outage::is_outlived(&url, observer, async || proxy.cut_answers(), async || proxy.heal()).await;
}

#[tokio::test]
async fn half_open() {
    let Some(server) = Memcached::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (url, observer) = (url(&proxy.address()), observer(&server).await);
    outage::is_outlived(&url, observer, async || proxy.swallow(), async || proxy.heal()).await;
}

/// As behind a router that has lost the connection.
#[tokio::test]
async fn a_connection_that_has_fallen_silent_costs_no_heartbeat() {
    let Some(server) = Memcached::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (driver, other) =
        (open::<Memcached>(&[proxy.address()]).await, open::<Memcached>(&[proxy.address()]).await);
    enter(&driver, &compute("node-1")).await;
    proxy.swallow();
    assert!(tokio::time::timeout(Duration::from_millis(200), other.members()).await.is_err());
    proxy.heal();
    driver.beat(&compute("node-1")).await.unwrap();
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_ends_the_connections() {
    let Some(server) = Memcached::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let driver = open::<Memcached>(&[proxy.address()]).await;
    enter(&driver, &compute("node-1")).await;
    // Three connections, of which two will wait.
    tokio::try_join!(driver.members(), driver.members(), driver.members()).unwrap();
    proxy.swallow();
    let service = compute("node-1");
    assert!(tokio::time::timeout(Duration::from_millis(200), driver.beat(&service)).await.is_err());
    proxy.heal();
    let begun = Instant::now();
    driver.beat(&service).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}
