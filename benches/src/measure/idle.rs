//! A poll with nothing due.

use std::time::Duration;

use clokwerk::TimeUnits;

use super::{Effort, TEN_K};
use crate::finding::Finding;
use crate::ours::idle::Idle;
use crate::peers::clokwerk::Clokwerk;
use crate::peers::cron_scheduler::CronScheduler;
use crate::peers::{empty_round, paused};
use crate::rounds::in_turn;

/// Returns comparisons beside the goals.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let (mut one, mut ten_k, mut million) = (Idle::of(1), Idle::of(TEN_K), Idle::of(effort.million));
    let mut clokwerk = Clokwerk::of(TEN_K, 1.hour());
    let mut cron_scheduler = CronScheduler::of(TEN_K);
    let empty = paused();
    let half_a_second = Duration::from_millis(502);
    let [one, ten_k, million, clokwerk, cron_scheduler, empty] = in_turn(
        effort.rounds,
        [
            Box::new(|| one.round(500_000)),
            Box::new(|| ten_k.round(500_000)),
            Box::new(|| million.round(500_000)),
            Box::new(|| clokwerk.idle_round(200)),
            Box::new(|| cron_scheduler.idle_round(20)),
            Box::new(|| empty_round(&empty, 200, half_a_second)),
        ],
    );
    let cron_scheduler = cron_scheduler.less(empty.median);
    vec![
        Finding::beside("idle_flat", million, "itself, 1 task", one),
        Finding::beside("idle_clokwerk", ten_k, "clokwerk", clokwerk),
        Finding::beside("idle_cron_scheduler", ten_k, "tokio-cron-scheduler", cron_scheduler),
    ]
}
