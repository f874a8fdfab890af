use periodic_cluster::{Membership, ServiceGroup};
use periodic_test_servers::Server;

use super::{Ensemble, open};
use crate::fixture::{compute, enter, is_up, joins, until};

pub(crate) async fn one_of_three_is_lost<E: Ensemble>() {
    each_of_three::<E>(Server::kill, async |server| server.restart().await).await;
}

pub(crate) async fn one_of_three_stands_still<E: Ensemble>() {
    each_of_three::<E>(Server::pause, async |server| {
        server.resume();
        server.until_ready().await;
    })
    .await;
}

/// Stops one server after the other, among them the leader and the servers to which the members are connected.
async fn each_of_three<E: Ensemble>(fails: impl Fn(&Server), comes_back: impl AsyncFn(&Server)) {
    let Some(servers) = E::ensemble().await else { return };
    let at = servers.each_ref().map(Server::address);
    let (driver, group) =
        (open::<E>(&at).await, ServiceGroup::new(open::<E>(&at).await, ServiceGroup::DOWN_TIME));
    let mut changes = group.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    for (index, server) in servers.iter().enumerate() {
        fails(server);
        until("heartbeats get through", async || driver.beat(&compute("node-1")).await.is_ok()).await;
        until("the others say that it is up", async || is_up(&group, "node-1").await).await;
        joins(&driver, &mut changes, &format!("node-{}", index + 2)).await;
        comes_back(server).await;
    }
}
