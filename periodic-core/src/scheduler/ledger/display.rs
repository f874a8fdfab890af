//! Records in one line.

use core::fmt;

use periodic_text::{quoted, seconds, time_of_day};

use super::SlotRecord;
use crate::task::Outcome;
use crate::time::Timestamp;

impl fmt::Display for SlotRecord {
    /// Writes one line: the task, its slot or the oldest of several, and the outcome.
    ///
    /// The slot is its time of day in UTC. The reason of a failure is cut after 255 bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slot = time_of_day(self.first.scheduled.as_nanos());
        write!(f, "{} {slot} {}", self.name(), self.outcome.label())?;
        match &self.outcome {
            Outcome::Skipped(reason) => write!(f, ": {}", reason.label())?,
            Outcome::Coalesced(into) => write!(f, " into {}", time_of_day(into.scheduled.as_nanos()))?,
            _ => {}
        }
        if let (Some(elapsed), Some(lateness)) = (self.elapsed(), self.lateness()) {
            write!(f, " after {} ({} late", seconds(elapsed), seconds(lateness))?;
            if self.attempted() > 1 {
                write!(f, ", {} attempts", self.attempted())?;
            }
            f.write_str(")")?;
        }
        if self.count > 1 {
            let (first, last) = (self.first.scheduled, self.last.scheduled);
            write!(f, " ({} slots, {})", self.count, Between { first, last })?;
        }
        match &self.outcome {
            Outcome::Failed(cause) | Outcome::Panicked(cause) => write!(f, ": {}", quoted(cause.as_str())),
            _ => Ok(()),
        }
    }
}

/// Two times, with their dates if these differ.
struct Between {
    first: Timestamp,
    last: Timestamp,
}

impl fmt::Display for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, last] = [self.first, self.last].map(Timestamp::as_nanos);
        let [first_second, last_second] = [first, last].map(|nanos| nanos.div_euclid(1_000_000_000));
        if first_second.div_euclid(86_400) == last_second.div_euclid(86_400) {
            write!(f, "{} to {}", time_of_day(first).whole_seconds(), time_of_day(last).whole_seconds())
        } else {
            write!(f, "{} to {}", Timestamp::from_secs(first_second), Timestamp::from_secs(last_second))
        }
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::sync::Arc;

    use super::*;
    use crate::schedule::{Slot, SlotKind};
    use crate::scheduler::Attempt;
    use crate::spec::TaskSpec;
    use crate::task::{SkipReason, Task, TaskError, TaskName};
    use crate::time::Instant;

    /// 2026-01-01T14:24:10Z.
    const WALL: i64 = 1_767_225_600 + 14 * 3_600 + 24 * 60 + 10;

    fn slot(after: i64) -> Slot {
        let scheduled = Timestamp::from_secs(WALL + after);
        Slot { kind: SlotKind::Scheduled, at: Instant::from_secs(100_000 + after), scheduled }
    }

    fn record(outcome: Outcome) -> SlotRecord {
        SlotRecord {
            task: Arc::new(Task::new(
                TaskName::new("ComputeManager", "poll").unwrap(),
                TaskSpec::new("poll"),
            )),
            first: slot(0),
            last: slot(0),
            count: 1,
            outcome,
            started: None,
            attempts: Vec::new().into(),
            decided: slot(0).at,
        }
    }

    fn ran(outcome: Outcome) -> SlotRecord {
        let started = slot(0).at + Duration::from_millis(3);
        SlotRecord {
            started: Some(started),
            decided: started + Duration::from_millis(6_100),
            ..record(outcome)
        }
    }

    #[test]
    fn a_run_is_one_line() {
        assert_eq!(
            ran(Outcome::Ok).to_string(),
            "ComputeManager.poll 14:24:10.000Z ok after 6.1s (0.003s late)"
        );
        let started = slot(0).at;
        let attempt = Attempt { started, ended: started, outcome: Outcome::TimedOut };
        let attempts = vec![attempt.clone(), attempt].into();
        assert_eq!(
            SlotRecord { attempts, ..ran(Outcome::TimedOut) }.to_string(),
            "ComputeManager.poll 14:24:10.000Z timed_out after 6.1s (0.003s late, 2 attempts)"
        );
        assert_eq!(record(Outcome::Cancelled).to_string(), "ComputeManager.poll 14:24:10.000Z cancelled");
    }

    #[test]
    fn a_cause_stays_on_the_line_and_has_a_bound() {
        assert_eq!(
            ran(Outcome::Failed(TaskError::new("no\nroute"))).to_string(),
            r"ComputeManager.poll 14:24:10.000Z failed after 6.1s (0.003s late): no\nroute"
        );
        let long = ran(Outcome::Panicked(TaskError::new("x".repeat(1_000)))).to_string();
        assert!(long.ends_with("xx… (1000 bytes)") && long.len() < 400, "{long}");
    }

    #[test]
    fn several_slots_are_one_line() {
        let several = |outcome, last| SlotRecord { last: slot(last), count: 18, ..record(outcome) };
        assert_eq!(
            several(Outcome::Skipped(SkipReason::Overlap), 4_200).to_string(),
            "ComputeManager.poll 14:24:10.000Z skipped: overlap (18 slots, 14:24:10Z to 15:34:10Z)"
        );
        assert_eq!(
            several(Outcome::Coalesced(slot(90_000)), 86_400).to_string(),
            "ComputeManager.poll 14:24:10.000Z coalesced into 15:24:10.000Z \
             (18 slots, 2026-01-01T14:24:10Z to 2026-01-02T14:24:10Z)"
        );
    }
}
