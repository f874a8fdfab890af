use core::time::Duration;

use crate::task::{Outcome, SkipReason};
use crate::time::Instant;

/// The counts of a task's slots by outcome, since the scheduler's start or the last reset.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::Counters;
///
/// assert_eq!(Counters::default().average_elapsed(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Runs started, active ones included; a retried run counts once.
    pub runs: u64,
    /// Attempts after the first, of all runs.
    pub retries: u64,
    /// Runs that ended without an error.
    pub ok: u64,
    /// Runs that returned an error.
    pub failed: u64,
    /// Runs that panicked.
    pub panicked: u64,
    /// Runs that exceeded their timeout.
    pub timed_out: u64,
    /// Runs that were cancelled.
    pub cancelled: u64,
    /// Slots in whose place a newer one ran.
    pub coalesced: u64,
    skipped: [u64; SkipReason::ALL.len()],
    /// In nanoseconds: 64 bits hold 584 years.
    elapsed: u64,
    waited: u64,
}

impl Counters {
    /// Returns the number of slots that were skipped for `reason`.
    pub fn skipped(&self, reason: SkipReason) -> u64 {
        self.skipped[reason as usize]
    }

    /// Returns the number of slots that were skipped for any reason.
    pub fn skipped_in_all(&self) -> u64 {
        self.skipped.iter().sum()
    }

    /// Returns the number of runs that have ended, successful or not. The totals below are theirs.
    pub fn ended(&self) -> u64 {
        self.ok + self.unsuccessful() + self.cancelled
    }

    /// Returns the number of runs that failed, panicked or exceeded their timeout.
    pub fn unsuccessful(&self) -> u64 {
        self.failed + self.panicked + self.timed_out
    }

    /// Returns the time that all runs took together, each from its first attempt to its outcome.
    pub fn total_elapsed(&self) -> Duration {
        Duration::from_nanos(self.elapsed)
    }

    /// Returns the average time of a run; `None` before the first has ended.
    pub fn average_elapsed(&self) -> Option<Duration> {
        self.average(self.elapsed)
    }

    /// Returns the time that all runs together waited after they were due, jitter not counted: for the runner to wake
    /// up, or for a permit.
    pub fn total_waited(&self) -> Duration {
        Duration::from_nanos(self.waited)
    }

    /// Returns the average time that a run waited for its start; `None` before the first has ended.
    pub fn average_waited(&self) -> Option<Duration> {
        self.average(self.waited)
    }

    pub(crate) fn count(&mut self, outcome: &Outcome, slots: u64) {
        match outcome {
            Outcome::Ok => self.ok += slots,
            Outcome::Failed(_) => self.failed += slots,
            Outcome::Panicked(_) => self.panicked += slots,
            Outcome::TimedOut => self.timed_out += slots,
            Outcome::Cancelled => self.cancelled += slots,
            Outcome::Coalesced(_) => self.coalesced += slots,
            Outcome::Skipped(reason) => self.skipped[*reason as usize] += slots,
        }
    }

    /// Returns these counters with the values of a row's totals.
    pub(crate) fn with(self, totals: Tally) -> Self {
        let Tally { runs, ok, elapsed, waited } = totals;
        Self { runs, ok, elapsed, waited, ..self }
    }

    fn average(&self, total: u64) -> Option<Duration> {
        total.checked_div(self.ended()).map(Duration::from_nanos)
    }
}

/// The part of the counters that each run changes. The rest is allocated only for a task that needs it: most runs are
/// successful.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) runs: u64,
    pub(crate) ok: u64,
    /// In nanoseconds, as in the counters.
    pub(crate) elapsed: u64,
    pub(crate) waited: u64,
}

impl Tally {
    /// Adds the times of a run that is counted as ended and was due at `queued_at`.
    pub(crate) fn add_times(&mut self, queued_at: Instant, started: Instant, ended: Instant) {
        self.waited = self.waited.saturating_add(started.nanos_since(queued_at));
        self.elapsed = self.elapsed.saturating_add(ended.nanos_since(started));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_whole_nanoseconds_and_stop_at_the_end_of_the_range() {
        let counters = Counters::default();
        assert_eq!((counters.average_elapsed(), counters.average_waited()), (None, None));
        let mut totals = Tally { ok: 3, ..Tally::default() };
        for (waited, elapsed) in [(1, 10), (2, 20), (4, 5)] {
            let [started, ended] = [waited, waited + elapsed].map(Instant::from_nanos);
            totals.add_times(Instant::ZERO, started, ended);
        }
        let counters = counters.with(totals);
        assert_eq!(counters.average_waited(), Some(Duration::from_nanos(2)), "7 / 3, rounded down");
        assert_eq!(counters.average_elapsed(), Some(Duration::from_nanos(11)));
        for _ in 0..3 {
            totals.add_times(Instant::from_nanos(i64::MIN), Instant::ZERO, Instant::MAX);
        }
        assert_eq!(counters.with(totals).total_waited(), Duration::from_nanos(u64::MAX));
    }
}
