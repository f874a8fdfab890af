//! Audits of the fleet. `main.rs` names this module, but no item of it.

use std::time::Duration;

use periodic::prelude::*;
use tracing::info;

use crate::Fleet;

const ENOUGH: usize = 6;

/// Counts the nodes, and ends once there are enough.
#[periodic_task(manager = Fleet, spacing = 1)]
fn count_nodes(fleet: &Fleet) -> Next {
    let nodes = fleet.nodes().len();
    info!(nodes, "counted");
    if nodes < ENOUGH { Next::OnSchedule } else { Next::Never }
}

/// Asks the newest node for a sign of life.
#[periodic_task(manager = Fleet, spacing = "700ms")]
async fn probe_newest(fleet: &Fleet, run: &Run) {
    let Some(node) = fleet.nodes().last().copied() else { return };
    tokio::time::sleep(Duration::from_millis(20)).await;
    info!(node, lateness = ?run.lateness(), "answers");
}
