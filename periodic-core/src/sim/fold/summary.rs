use core::fmt;
use core::time::Duration;
use std::collections::HashMap;

use super::super::SimRecord;
use super::{Bursts, Concurrency, Counts, Fold, Gaps, Lateness, SimRun};
use crate::task::TaskName;
use crate::time::{Now, nanos};

/// All folds at once. Its `Display` is a table with a line for each task, and the totals below it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Summary {
    /// The outcomes of the slots.
    pub counts: Counts,
    /// The most starts within any minute.
    pub bursts: Bursts,
    /// The number of runs that are active at once.
    pub concurrency: Concurrency,
    /// The lateness of the runs.
    pub lateness: Lateness,
    /// The time from start to start.
    pub gaps: Gaps,
}

impl Default for Summary {
    fn default() -> Self {
        Self {
            counts: Counts::default(),
            bursts: Bursts::within(Duration::from_secs(60)),
            concurrency: Concurrency::default(),
            lateness: Lateness::default(),
            gaps: Gaps::default(),
        }
    }
}

impl Fold for Summary {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let Self { counts, bursts, concurrency, lateness, gaps } = self;
        (counts, bursts, concurrency, lateness, gaps).started(run, now);
    }

    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        self.concurrency.ended(run, now);
    }

    fn recorded(&mut self, record: &SimRecord) {
        self.counts.recorded(record);
    }

    fn over(&mut self, tasks: &[TaskName], now: Now) {
        let Self { counts, bursts, concurrency, lateness, gaps } = self;
        (counts, bursts, concurrency, lateness, gaps).over(tasks, now);
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |length| periodic_text::duration::written(nanos(length)).to_string();
        let width = self.counts.all().map(|(name, _)| name.as_str().len()).max().unwrap_or(0).max(4);
        writeln!(
            f,
            "{:width$} {:>9} {:>9} {:>7} {:>7} {:>9} {:>9}  {:>10}  longest gap",
            "task", "runs", "ok", "failed", "cut", "coalesced", "skipped", "latest"
        )?;
        let late: HashMap<TaskName, Duration> =
            self.lateness.all().map(|late| (late.name, late.by)).collect();
        let gaps: HashMap<&TaskName, Duration> =
            self.gaps.all().map(|(name, gap)| (name, gap.most)).collect();
        for (name, counters) in self.counts.all() {
            writeln!(
                f,
                "{:width$} {:>9} {:>9} {:>7} {:>7} {:>9} {:>9}  {:>10}  {}",
                name,
                counters.runs,
                counters.ok,
                counters.failed + counters.panicked,
                counters.timed_out + counters.cancelled,
                counters.coalesced,
                counters.skipped_in_all(),
                late.get(name).map_or_else(|| "-".into(), |late| written(*late)),
                gaps.get(name).map_or_else(|| "-".into(), |gap| written(*gap)),
            )?;
        }
        if let Some((from, _)) = self.bursts.starts().first() {
            writeln!(f, "most starts within 1m: {}, from {from} on", self.bursts.most())?;
            writeln!(f, "most runs at once: {}, at {}", self.concurrency.most(), self.concurrency.at())?;
            writeln!(f, "lateness of 99 % of the runs: at most {}", written(self.lateness.percentile(99)))?;
        }
        Ok(())
    }
}
