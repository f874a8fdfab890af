use crate::child::Node;
use crate::fixture::{Fixture, is_up, until};

/// Four processes join a new store at the same time; one is killed, one leaves.
pub(crate) async fn a_killed_process_goes_down<F: Fixture>(store: F) {
    let Some(url) = store.url() else { return };
    let node = |host: &str| Node::start(&url, host, store.down_time());
    let (killed, leaving, _third, _fourth) = (node("node-1"), node("node-2"), node("node-3"), node("node-4"));
    let group = store.group().await;
    let all = ["node-1", "node-2", "node-3", "node-4"];
    for host in all {
        until("every process is up", async || is_up(&group, host).await).await;
    }
    let processes: Vec<_> = group.members().await.unwrap().iter().map(|member| member.process).collect();
    assert!(
        processes.iter().flatten().all(|one| processes.iter().filter(|two| **two == Some(*one)).count() == 1)
    );

    killed.kill();
    until("the killed one goes down", async || !is_up(&group, "node-1").await).await;
    leaving.leave().await;
    assert!(!is_up(&group, "node-2").await, "one that leaves is down at once");
    assert!(is_up(&group, "node-3").await && is_up(&group, "node-4").await);
}
