use core::fmt;

use crate::schedule::{Slot, SlotKind};
use crate::scheduler::error::ControlError;
use crate::scheduler::row::Phase;
use crate::scheduler::scheduler::Scheduler;
use crate::spec::Overlap;
use crate::task::{Outcome, SkipReason};
use crate::time::Now;

/// The effect of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a trigger may have been skipped, because the task is going"]
#[non_exhaustive]
pub enum Triggered {
    /// The run starts, or waits for a permit if the number of runs is limited.
    Starts,
    /// A run is active; the triggered run starts when that has ended.
    Queued,
    /// A run is active and is cancelled; the triggered run starts when that has ended.
    Replaces,
    /// A run is active, and the task's `overlap` skips the trigger.
    Skipped,
}

impl fmt::Display for Triggered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Starts => "it starts",
            Self::Queued => "it starts after the active run",
            Self::Replaces => "it replaces the active run",
            Self::Skipped => "skipped, because a run is active",
        })
    }
}

impl Scheduler {
    /// Runs a task once, now, outside its grid and its `max_runs`; also while it is paused or done.
    ///
    /// If a run is active, the task's `overlap` decides, and the result is its decision.
    ///
    /// # Errors
    /// When the name is not known, the task is left out, or the service is being stopped.
    pub fn trigger(&mut self, name: &str, now: Now) -> Result<Triggered, ControlError> {
        self.control(name, now, |row, visit| {
            if let Phase::Off(reason) = row.phase {
                return Err(ControlError::LeftOut(row.task.name().clone(), reason));
            }
            row.cold().manual += 1;
            let (at, scheduled) = (visit.now.boot, visit.now.wall);
            let slot = Slot { kind: SlotKind::Manual(row.cold().manual), at, scheduled };
            if !row.is_saturated() {
                visit.effects.ready.next_generation();
                row.make_ready(visit, slot);
                return Ok(Triggered::Starts);
            }
            match row.overlap() {
                Overlap::Queue if row.held().is_none() => {
                    row.cold().held = Some(slot);
                    Ok(Triggered::Queued)
                }
                Overlap::Replace => {
                    row.replace_with(visit, slot);
                    Ok(if row.held().is_some() { Triggered::Replaces } else { Triggered::Starts })
                }
                _ => {
                    let outcome = Outcome::Skipped(SkipReason::Overlap);
                    row.record_skip(visit, slot, slot, 1, outcome);
                    Ok(Triggered::Skipped)
                }
            }
        })
    }
}
