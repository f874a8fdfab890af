use core::time::Duration;

use super::clocks::{NEVER_SET, SetBack};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp};

/// A report that the wall clock was set back by a second or more while tasks follow it.
///
/// Decided slots are not repeated, so a task may not run until the clock has caught up; slots that were never decided
/// run. After a correction all schedules on the wall clock begin anew at the new time instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockSetBack {
    /// The time by which the clock was set back; the sum of all steps since the last report.
    pub by: Duration,
    /// The number of steps since the last report.
    pub times: u64,
    /// The time that the clock showed when the last step was noticed.
    pub wall: Timestamp,
    /// Whether the clock was wrong before: it was then more than three hours behind the latest time that it had shown.
    pub is_correction: bool,
    /// The number of tasks that follow the wall clock.
    pub tasks: usize,
    /// The tasks among them with the latest next slots, and those slots: at most five, the latest first.
    pub go_on: Vec<(TaskName, Timestamp)>,
}

/// The report that waits for the driver.
#[derive(Debug)]
pub(super) struct SetBackReport {
    pub(super) pending: Option<Box<ClockSetBack>>,
    pub(super) not_before: Instant,
}

impl Default for SetBackReport {
    fn default() -> Self {
        Self { pending: None, not_before: NEVER_SET }
    }
}

impl SetBackReport {
    pub(super) fn add(
        &mut self,
        set_back: SetBack,
        now: Now,
        tasks: usize,
        go_on: Vec<(TaskName, Timestamp)>,
    ) {
        let by = Duration::from_nanos(set_back.by.unsigned_abs());
        let (by, times, was_correction) = self.pending.as_ref().map_or((by, 1, false), |before| {
            (before.by.saturating_add(by), before.times.saturating_add(1), before.is_correction)
        });
        let is_correction = set_back.is_correction || was_correction;
        let report = ClockSetBack { by, times, wall: now.wall, is_correction, tasks, go_on };
        self.pending = Some(Box::new(report));
    }
}
