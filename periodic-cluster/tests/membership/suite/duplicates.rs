use periodic_cluster::{Membership, Process, ServiceGroup, ServiceIdentity};
use periodic_runtime::service::Registry;
use periodic_test_support::LogCapture;

use crate::fixture::{Fixture, another, compute, enter};

/// Beats, and waits for a tenth of the down time.
async fn beats<F: Fixture>(store: &F, group: &ServiceGroup, service: &ServiceIdentity) {
    group.beat(service).await.unwrap();
    tokio::time::sleep(store.down_time() / 10).await;
}

fn said(said: &LogCapture) -> Vec<String> {
    said.containing("another process is a member")
}

pub(crate) async fn two_processes_of_one_name_say_so_once<F: Fixture>(store: F) {
    let lines = LogCapture::default();
    let _guard = lines.listen();
    let services = [compute("node-1"), another(&compute("node-1"))];
    let groups = [store.group().await, store.group().await];
    for (group, service) in groups.iter().zip(&services) {
        Registry::record(group, service).await.unwrap();
        group.join(service).await.unwrap();
    }
    let mut rounds_after = 0;
    for _ in 0..80 {
        for (group, service) in groups.iter().zip(&services) {
            beats(&store, group, service).await;
        }
        rounds_after += u32::from(said(&lines).len() >= 2);
        if rounds_after > 15 {
            break;
        }
    }
    let [first, second] = services.each_ref().map(Process::of);
    for (this, other) in [(first, second), (second, first)] {
        let both = format!("this={this} other={other}");
        let found: Vec<_> = said(&lines).into_iter().filter(|line| line.contains(&both)).collect();
        assert_eq!(found.len(), 1, "{both}: {:?}", said(&lines));
        assert!(
            found.iter().all(|line| line.starts_with("WARN") && line.contains("host=\"node-1\"")),
            "{found:?}"
        );
    }
}

/// As after a crash and after stops: the other processes send no more heartbeats.
pub(crate) async fn a_process_that_follows_others_is_none_too_many<F: Fixture>(store: F) {
    let lines = LogCapture::default();
    let _guard = lines.listen();
    let (died, new) = (compute("node-1"), another(&compute("node-1")));
    let left = another(&new);
    let driver = store.connect().await;
    enter(&driver, &died).await;
    driver.beat(&died).await.unwrap();
    drop(driver);
    let (driver, group) = (store.connect().await, store.group().await);
    Registry::record(&group, &new).await.unwrap();
    group.join(&new).await.unwrap();
    for _ in 0..45 {
        driver.join(&left).await.unwrap();
        driver.beat(&left).await.unwrap();
        driver.leave(&left).await.unwrap();
        beats(&store, &group, &new).await;
    }
    assert_eq!(said(&lines), [""; 0]);
}
