use core::fmt;
use core::time::Duration;

use super::super::Mismatch;
use super::{Fold, SimRun, of_task};
use crate::task::TaskName;
use crate::time::{Now, Timestamp, nanos};

/// The default number of the fullest stretches that are kept.
const KEPT: usize = 10;

/// The starts in each stretch of the wall clock: each minute, each hour, each day of UTC.
///
/// If the clock is set back, a stretch that comes twice counts as two.
#[derive(Clone, Debug)]
pub struct StartsPer {
    length: i64,
    /// The current stretch.
    from: Option<i64>,
    starts: u64,
    by_task: Vec<u64>,
    seen: Vec<usize>,
    names: Vec<Option<TaskName>>,
    fullest: Vec<Bucket>,
    kept: usize,
    total: u64,
}

/// A stretch of the wall clock in which runs start.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bucket {
    /// Its first instant.
    pub from: Timestamp,
    /// The number of runs that start in it.
    pub starts: u64,
    /// Their tasks, and the number of each, in the order of their first starts.
    pub by_task: Vec<(TaskName, u64)>,
}

impl StartsPer {
    /// Creates a fold that counts the starts in each stretch of this length, from the Unix epoch on. Zero counts as 1
    /// ns.
    pub fn every(length: Duration) -> Self {
        Self {
            length: nanos(length).max(1),
            from: None,
            starts: 0,
            by_task: Vec::new(),
            seen: Vec::new(),
            names: Vec::new(),
            fullest: Vec::new(),
            kept: KEPT,
            total: 0,
        }
    }

    /// Sets the number of the fullest stretches to keep: ten by default, at least one.
    #[must_use]
    pub fn keeping(mut self, stretches: usize) -> Self {
        self.kept = stretches.max(1);
        self
    }

    /// Returns the most starts in one stretch.
    pub fn most(&self) -> u64 {
        self.fullest.first().map_or(0, |bucket| bucket.starts)
    }

    /// Returns the stretches with the most starts, as many as are [kept](Self::keeping), the fullest first; of equal
    /// ones the earlier first.
    pub fn fullest(&self) -> &[Bucket] {
        &self.fullest
    }

    /// Returns the number of all starts.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Checks that no stretch has more than `starts` starts.
    ///
    /// # Errors
    /// When one has more; the error lists the fullest stretches and their tasks.
    pub fn expect_at_most(&self, starts: u64) -> Result<(), Mismatch> {
        let length = periodic_text::duration::written(self.length);
        let heading = format!("expected at most {starts} starts in each {length}, found:");
        let too_full = self.fullest.iter().filter(|bucket| bucket.starts > starts);
        Mismatch::unless_empty(&heading, too_full.take(3).map(ToString::to_string))
    }

    fn close(&mut self) {
        let Some(from) = self.from.take() else { return };
        let starts = core::mem::take(&mut self.starts);
        if self.fullest.len() < self.kept || self.fullest.last().is_some_and(|least| starts > least.starts) {
            let named = |task: &usize| Some((self.names[*task].clone()?, self.by_task[*task]));
            let by_task = self.seen.iter().filter_map(named).collect();
            let place = self.fullest.partition_point(|bucket| bucket.starts >= starts);
            self.fullest.insert(place, Bucket { from: Timestamp::from_nanos(from), starts, by_task });
            self.fullest.truncate(self.kept);
        }
        for task in self.seen.drain(..) {
            self.by_task[task] = 0;
        }
    }
}

impl Fold for StartsPer {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let past = now.wall.as_nanos().rem_euclid(self.length);
        let from = now.wall.as_nanos().saturating_sub(past);
        if self.from != Some(from) {
            self.close();
            self.from = Some(from);
        }
        self.starts += 1;
        self.total += 1;
        let count = of_task(&mut self.by_task, run.task);
        *count += 1;
        if *count == 1 {
            self.seen.push(run.task);
            of_task(&mut self.names, run.task).get_or_insert_with(|| run.name.clone());
        }
    }

    fn over(&mut self, _: &[TaskName], _: Now) {
        self.close();
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {} on:", self.starts, self.from)?;
        for (name, starts) in &self.by_task {
            write!(f, "\n    {starts:>8}  {name}")?;
        }
        Ok(())
    }
}
