use std::time::{Duration, Instant};

use periodic_cluster::{MemberChange, Membership, MembershipErrorKind, ServiceGroup};
use periodic_test_servers::Proxy;

use super::{DOWN_TIME, Engine, open};
use crate::fixture::{compute, enter, is_up, joins, next, until};

/// The longest time of a driver's call, with a margin for a busy machine.
const BOUND: Duration = Duration::from_secs(9);

/// The store does not answer, and the call reports that in time.
async fn is_away(driver: &impl Membership) {
    let begin = Instant::now();
    let error = driver.beat(&compute("node-1")).await.unwrap_err();
    assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error:?}");
    assert!(begin.elapsed() < BOUND, "{:?}", begin.elapsed());
}

async fn beats_again(driver: &impl Membership, group: &ServiceGroup) {
    until("it is up again", async || {
        let node = compute("node-1");
        match driver.beat(&node).await {
            Ok(()) => is_up(group, "node-1").await,
            // As a group does if the engine has lost the member.
            Err(error) if !driver.capabilities().durable && error.kind() == MembershipErrorKind::Unknown => {
                driver.record(&node).await.is_ok()
                    && driver.join(&node).await.is_ok()
                    && is_up(group, "node-1").await
            }
            Err(_) => false,
        }
    })
    .await;
}

pub(crate) async fn a_server_that_is_killed<E: Engine>() {
    let Some(server) = E::server().await else { return };
    let at = [server.address()];
    let (driver, group) =
        (open::<E>(&at).await, ServiceGroup::new(open::<E>(&at).await, ServiceGroup::DOWN_TIME));
    let mut changes = open::<E>(&at).await.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    next(&mut changes, |change| matches!(change, MemberChange::Joined(_))).await;
    server.kill();
    is_away(&driver).await;
    let told = changes.next().await.unwrap().unwrap_err();
    assert_eq!(told.kind(), MembershipErrorKind::Unavailable, "the watch says so: {told}");
    server.restart().await;
    beats_again(&driver, &group).await;
    joins(&driver, &mut changes, "node-2").await;
}

pub(crate) async fn a_server_that_stands_still<E: Engine>() {
    let Some(server) = E::server().await else { return };
    let at = [server.address()];
    let (driver, group) =
        (open::<E>(&at).await, ServiceGroup::new(open::<E>(&at).await, ServiceGroup::DOWN_TIME));
    let mut changes = group.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    server.pause();
    let paused = Instant::now();
    until("the down time is over twice", async || {
        is_away(&driver).await;
        paused.elapsed() > 2 * DOWN_TIME
    })
    .await;
    server.resume();
    beats_again(&driver, &group).await;
    joins(&driver, &mut changes, "node-2").await;
}

/// The session or the lease is over. The next heartbeat creates a new one.
pub(crate) async fn a_connection_that_is_away_too_long<E: Engine>() {
    let Some(server) = E::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let driver = open::<E>(&[proxy.address()]).await;
    let group = ServiceGroup::new(open::<E>(&[server.address()]).await, ServiceGroup::DOWN_TIME);
    let mut changes = group.watch().await.unwrap();
    enter(&driver, &compute("node-1")).await;
    let turned = |change: &MemberChange| !matches!(change, MemberChange::Updated(_));
    assert!(matches!(next(&mut changes, turned).await, MemberChange::Joined(_)));
    proxy.cut();
    is_away(&driver).await;
    assert!(matches!(next(&mut changes, turned).await, MemberChange::Left(_)));
    assert!(!is_up(&group, "node-1").await);
    proxy.heal();
    beats_again(&driver, &group).await;
    assert!(matches!(next(&mut changes, turned).await, MemberChange::Joined(_)));
}

/// Each heartbeat arrives, and the connection breaks under its answer. The member stays up: it is not a second one,
/// and its sign does not end with the connection that is lost.
pub(crate) async fn answers_that_are_lost<E: Engine>() {
    let Some(server) = E::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let driver = open::<E>(&[proxy.address()]).await;
    let group = ServiceGroup::new(open::<E>(&[server.address()]).await, ServiceGroup::DOWN_TIME);
    enter(&driver, &compute("node-1")).await;
    proxy.cut_answers();
    is_away(&driver).await;
    proxy.heal();
    beats_again(&driver, &group).await;
    let begin = Instant::now();
    until("what was lost has run out", async || {
        driver.beat(&compute("node-1")).await.unwrap();
        assert!(is_up(&group, "node-1").await, "after {:?}", begin.elapsed());
        begin.elapsed() > 2 * DOWN_TIME
    })
    .await;
    assert_eq!(group.members().await.unwrap().len(), 1);
}

/// No data arrives, and no side reports that the connection is gone.
pub(crate) async fn a_silent_connection<E: Engine>() {
    let Some(server) = E::server().await else { return };
    let proxy = Proxy::to(server.port()).await;
    let (driver, watching) = (open::<E>(&[proxy.address()]).await, open::<E>(&[proxy.address()]).await);
    let group = ServiceGroup::new(open::<E>(&[server.address()]).await, ServiceGroup::DOWN_TIME);
    enter(&driver, &compute("node-1")).await;
    let mut changes = watching.watch().await.unwrap();
    proxy.swallow();
    is_away(&driver).await;
    proxy.heal();
    beats_again(&driver, &group).await;
    joins(&driver, &mut changes, "node-2").await;
}
