//! Tasks declared outside their manager's `impl`: an open manager accepts them from any module or crate.
//!
//! Runs for three seconds.

mod audit;
#[path = "../stdout/mod.rs"]
mod stdout;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use periodic::catalogue::Catalogue;
use periodic::prelude::*;
use tracing::info;

use self::stdout::say;

/// The manager. It does not name its audits; they name it.
#[derive(Default)]
struct Fleet {
    nodes: Mutex<BTreeSet<u32>>,
}

#[periodic_manager(open)]
impl Fleet {
    /// Adds one node.
    #[periodic_task(spacing = "400ms", run_immediately)]
    fn grow(&self) {
        let mut nodes = self.nodes();
        let node = nodes.last().map_or(1, |last| last + 1);
        nodes.insert(node);
        info!(node, "joined");
    }

    fn nodes(&self) -> MutexGuard<'_, BTreeSet<u32>> {
        // A panic of another thread leaves the set intact, because each call on it is complete.
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Failed writes of the log are not reported: the report would panic where standard error is closed, too.
    tracing_subscriber::fmt().with_target(false).log_internal_errors(false).init();

    // A crate without any reference is not linked, and its tasks are missing; this reports that at the start.
    Catalogue::expect("free_tasks::audit")?;
    say("declared in this program:");
    for declaration in Catalogue::declarations() {
        for task in declaration.tasks {
            let (module, manager) = (declaration.module, declaration.manager);
            say(format_args!("  {module:18} {manager}.{}, {}", task.name, task.schedule));
        }
    }

    let runner = Runner::builder(Fleet::default()).build()?;
    say(format_args!("\nin the table of this fleet:\n{}", runner.table()));
    let stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(3))).await;
    anyhow::ensure!(stopped.cut().is_empty(), "runs were cut: {:?}", stopped.cut());
    Ok(())
}
