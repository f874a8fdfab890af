//! What networks and operators do to a service's memcached.

use std::time::Duration;

use periodic_cluster::ServiceGroup;
use periodic_test_servers::{Proxy, Server};

use super::{Engine, Memcached};
use crate::outage;

async fn observer(server: &Server) -> ServiceGroup {
    let url = format!("memcached://{}", server.address());
    ServiceGroup::connect(&url, Duration::from_secs(5)).await.unwrap()
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
