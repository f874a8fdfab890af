//! Nodes that are separate processes: this test program, started again.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use periodic_cluster::{ServiceGroup, ServiceIdentity};
use periodic_runtime::service::Registry;
use tokio::io::AsyncReadExt as _;

use crate::fixture::compute;

/// A process that is a member. It leaves when its stdin is closed, and is killed when it is dropped.
pub(crate) struct Node(Child);

impl Node {
    pub(crate) fn start(url: &str, host: &str, down_time: Duration) -> Self {
        let program = std::env::current_exe().unwrap();
        let mut command = Command::new(program);
        command.args(["--ignored", "--exact", "child::node"]);
        command.env("PERIODIC_NODE_URL", url).env("PERIODIC_NODE_HOST", host);
        command.env("PERIODIC_NODE_DOWN_TIME", down_time.as_millis().to_string());
        Self(command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap())
    }

    /// Kills it, as `kill -9` does.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Lets it leave, and waits until it has ended.
    pub(crate) async fn leave(mut self) {
        drop(self.0.stdin.take());
        let ended = async {
            loop {
                if let Some(status) = self.0.try_wait().unwrap() {
                    return status;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let status = tokio::time::timeout(Duration::from_secs(60), ended).await.expect("the node goes on");
        assert!(status.success(), "the node ended in {status}");
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already, on request.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
#[ignore = "is the other process of those tests that need one"]
async fn node() {
    let given = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let down_time = Duration::from_millis(given("PERIODIC_NODE_DOWN_TIME").parse().unwrap());
    let group = ServiceGroup::connect_with(&given("PERIODIC_NODE_URL"), down_time).await.unwrap();
    let service: ServiceIdentity = compute(&given("PERIODIC_NODE_HOST"));
    Registry::record(&group, &service).await.unwrap();
    group.join(&service).await.unwrap();
    let closed = async { tokio::io::stdin().read_u8().await };
    tokio::pin!(closed);
    while tokio::time::timeout(down_time / 5, &mut closed).await.is_err() {
        group.beat(&service).await.unwrap();
    }
    group.leave(&service).await.unwrap();
}
