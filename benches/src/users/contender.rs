//! The ways to run the same tasks.

use std::time::{Duration, Instant};

use periodic::task::Execution;

use super::load::Load;
use super::probe::Probe;
use super::sample::Begun;
use crate::ours::floor::Floor;
use crate::ours::served;
use crate::peers::{delay_queue, interval};

/// A way to run tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contender {
    /// A `Runner` of async tasks, each run of which is spawned: the default.
    Spawned,
    /// A `Runner` of plain `inline` tasks.
    Inline,
    /// A spawned task with a `tokio::time::interval` for each.
    Interval,
    /// One `DelayQueue`, whose loop does the work of the tasks.
    Delay,
    /// One `DelayQueue`, whose loop spawns the tasks' futures.
    DelaySpawn,
    /// One wheel by hand, with the outcomes, counters and order of this project.
    Floor,
}

impl Contender {
    /// Returns its name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spawned => "Runner, spawned",
            Self::Inline => "Runner, inline",
            Self::Interval => "tokio interval",
            Self::Delay => "DelayQueue",
            Self::DelaySpawn => "DelayQueue and tokio::spawn",
            Self::Floor => "floor by hand",
        }
    }

    /// Works for `length` after it has reported its beginning.
    pub async fn serve(self, load: Load, length: Duration, begun: Begun) {
        match self {
            Self::Spawned => served::serve(load, Execution::Spawned, length, begun).await,
            Self::Inline => served::serve(load, Execution::Inline, length, begun).await,
            Self::Interval => interval::serve(load, length, begun).await,
            Self::Delay => delay_queue::serve(load, delay_queue::Runs::Here, length, begun).await,
            Self::DelaySpawn => delay_queue::serve(load, delay_queue::Runs::Spawned, length, begun).await,
            Self::Floor => Floor::noting(&load).serve(length, begun).await,
        }
    }
}

/// Begins a round `after` a time, in which its tasks are made; returns its end, too.
pub fn begin(after: Duration, length: Duration, begun: &Begun) -> (Probe, Instant) {
    let probe = Probe::begin(Instant::now() + after);
    // Fails only when the measuring thread has panicked.
    let _ = begun.send(probe.began());
    (probe, probe.began() + length)
}
