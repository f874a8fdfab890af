//! Failures of the network and actions of operators at a service's PostgreSQL.

use periodic_cluster::ServiceGroup;
use periodic_test_servers::{Proxy, Server};

use super::{Postgres, url};
use crate::fixture::Fixture;
use crate::outage;

async fn observer(server: &Server) -> ServiceGroup {
    ServiceGroup::connect_with(&url(server.port()), outage::DOWN_TIME).await.unwrap()
}

#[tokio::test]
async fn killed_and_started_again() {
    let Some(Postgres(server)) = Postgres::start().await else { return };
    let url = url(server.port());
    let observer = observer(&server).await;
    outage::is_outlived(&url, observer, async || server.kill(), async || server.restart().await).await;
}

#[tokio::test]
async fn paused_for_longer_than_the_down_time() {
    let Some(Postgres(server)) = Postgres::start().await else { return };
    let url = url(server.port());
    let observer = observer(&server).await;
    outage::is_outlived(&url, observer, async || server.pause(), async || server.resume()).await;
}

#[tokio::test]
async fn cut_in_the_middle_of_a_beat() {
    let Some(Postgres(server)) = Postgres::start().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (url, observer) = (url(proxy.port()), observer(&server).await);
    outage::is_outlived(&url, observer, async || proxy.cut_answers(), async || proxy.heal()).await;
}

#[tokio::test]
async fn half_open() {
    let Some(Postgres(server)) = Postgres::start().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (url, observer) = (url(proxy.port()), observer(&server).await);
    outage::is_outlived(&url, observer, async || proxy.swallow(), async || proxy.heal()).await;
}
