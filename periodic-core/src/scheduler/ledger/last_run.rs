use std::sync::Arc;

use super::SlotRecord;
use super::WellRun;
use crate::schedule::Slot;
use crate::scheduler::clocks::NEVER_SET;
use crate::task::{Outcome, Task};
use crate::time::{Instant, Timestamp};

/// The last run of a task that ended, small for a successful first attempt.
#[derive(Clone, Debug, Default)]
pub(crate) enum LastRun {
    #[default]
    None,
    Well(WellRun),
    Otherwise(Box<SlotRecord>),
}

impl LastRun {
    pub(crate) fn of(record: &SlotRecord) -> Self {
        match (&record.outcome, record.started) {
            (Outcome::Ok, Some(started)) if record.attempts.is_empty() => {
                Self::Well(WellRun { slot: record.first, started, decided: record.decided })
            }
            _ => Self::Otherwise(Box::new(record.clone())),
        }
    }

    /// Returns the record of the run.
    pub(crate) fn record(&self, task: &Arc<Task>) -> Option<SlotRecord> {
        match self {
            Self::None => None,
            Self::Well(run) => Some(run.record(task)),
            Self::Otherwise(record) => Some(SlotRecord::clone(record)),
        }
    }
}

/// The slot of the newest successful run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LastOk {
    at: Instant,
    slot: Timestamp,
}

/// The most by which the clocks may drift apart between two slots without a set clock, in nanoseconds.
const DRIFT: i64 = 10_000_000;

impl LastOk {
    const NONE: Self = Self { at: NEVER_SET, slot: Timestamp::from_nanos(i64::MIN) };

    /// Returns the start of the window of the run for `slot`: this slot. If the wall clock was set back in between, it
    /// is `slot` minus the time that really passed, if that is earlier.
    #[inline]
    pub(crate) fn window_start(self, slot: Slot, set_back_at: Instant) -> Option<Timestamp> {
        // A trigger may run before an older slot does.
        if self.at <= set_back_at || self.slot > slot.scheduled {
            return self.window_start_by_both_clocks(slot);
        }
        Some(self.slot)
    }

    #[cold]
    #[inline(never)]
    fn window_start_by_both_clocks(self, slot: Slot) -> Option<Timestamp> {
        if self == Self::NONE {
            return None;
        }
        let passed = i64::try_from(slot.at.nanos_since(self.at)).unwrap_or(i64::MAX);
        let start = slot.scheduled.as_nanos().saturating_sub(passed);
        let was_set = self.slot > slot.scheduled || self.slot.as_nanos().saturating_sub(start) > DRIFT;
        Some(if was_set { Timestamp::from_nanos(start) } else { self.slot })
    }

    #[inline]
    pub(crate) fn note(&mut self, slot: Slot) {
        *self = Self { at: slot.at, slot: slot.scheduled };
    }
}

impl Default for LastOk {
    fn default() -> Self {
        Self::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::SlotKind;

    const SECOND: i64 = 1_000_000_000;

    /// A slot at these nanoseconds of both clocks.
    fn slot(boot: i64, wall: i64) -> Slot {
        let (at, scheduled) = (Instant::from_nanos(boot), Timestamp::from_nanos(wall));
        Slot { kind: SlotKind::Scheduled, at, scheduled }
    }

    #[test]
    fn a_clock_that_drifts_leaves_windows_side_by_side() {
        let mut ok = LastOk::default();
        ok.note(slot(0, 100 * SECOND));
        let never = ok.window_start(slot(60 * SECOND, 160 * SECOND - DRIFT), NEVER_SET);
        let drifted = ok.window_start(slot(60 * SECOND, 160 * SECOND - DRIFT), Instant::ZERO);
        assert_eq!([never, drifted], [Some(Timestamp::from_secs(100)); 2]);
        let set = ok.window_start(slot(60 * SECOND, 159 * SECOND), Instant::ZERO);
        assert_eq!(set, Some(Timestamp::from_secs(99)));
        // Less than the drift, but the window would end before it starts.
        let set = ok.window_start(slot(1, 100 * SECOND - 5), Instant::ZERO);
        assert_eq!(set, Some(Timestamp::from_nanos(100 * SECOND - 6)));
    }
}
