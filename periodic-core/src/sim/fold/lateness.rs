use core::time::Duration;

use super::super::Mismatch;
use super::{Fold, SimRun, of_task};
use crate::task::TaskName;
use crate::time::{Now, Timestamp, nanos};

/// The time from slots to the starts of their runs' first attempts, jitter included.
///
/// The greatest lateness is exact. Shares of the runs are counted in classes; the width of a class is a sixteenth of
/// its size.
#[derive(Clone, Debug, Default)]
pub struct Lateness {
    /// The number of runs in each class.
    classes: Vec<u64>,
    runs: u64,
    by_task: Vec<Option<(Duration, Timestamp)>>,
    names: Vec<TaskName>,
}

/// The latest run of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Late {
    /// The task.
    pub name: TaskName,
    /// The run's slot.
    pub scheduled: Timestamp,
    /// Its lateness.
    pub by: Duration,
}

impl Lateness {
    /// Returns the latest run of each task that ran, in table order.
    pub fn all(&self) -> impl Iterator<Item = Late> {
        self.names.iter().zip(&self.by_task).filter_map(|(name, late)| {
            let (by, scheduled) = (*late)?;
            Some(Late { name: name.clone(), scheduled, by })
        })
    }

    /// Returns the latest run of all.
    pub fn most(&self) -> Option<Late> {
        // The first of equally late runs.
        self.all().reduce(|most, late| if late.by > most.by { late } else { most })
    }

    /// Returns the greatest lateness of all but the latest runs: `percentile(99)` leaves out the latest 1 %.
    ///
    /// The result is up to a sixteenth too large, and never too small. It is zero if nothing ran.
    pub fn percentile(&self, percent: u32) -> Duration {
        let wanted = (u128::from(self.runs) * u128::from(percent.min(100))).div_ceil(100);
        let mut counted = 0;
        let most = self.by_task.iter().flatten().map(|(by, _)| *by).max().unwrap_or_default();
        for (class, runs) in self.classes.iter().enumerate() {
            counted += u128::from(*runs);
            if counted >= wanted {
                return end_of(class).min(most);
            }
        }
        most
    }

    /// Checks that no run is later than `latest`.
    ///
    /// # Errors
    /// When one is; the error lists the latest run of each task.
    pub fn expect_at_most(&self, latest: Duration) -> Result<(), Mismatch> {
        let written = |length| periodic_text::duration::written(nanos(length));
        let heading = format!("expected starts at most {} after their slots, found:", written(latest));
        let line = |late: Late| {
            format!("{} starts {} after its slot at {}", late.name, written(late.by), late.scheduled)
        };
        Mismatch::unless_empty(&heading, self.all().filter(|late| late.by > latest).map(line))
    }
}

impl Fold for Lateness {
    fn started(&mut self, run: &SimRun<'_>, _: Now) {
        if run.attempt > 1 {
            return;
        }
        let by = run.started - run.slot.at;
        self.runs += 1;
        *of_task(&mut self.classes, class_of(by)) += 1;
        let latest = of_task(&mut self.by_task, run.task);
        if latest.is_none_or(|(latest, _)| by > latest) {
            *latest = Some((by, run.slot.scheduled));
        }
    }

    fn over(&mut self, tasks: &[TaskName], _: Now) {
        self.by_task.resize_with(tasks.len(), Option::default);
        self.names = tasks.to_vec();
    }
}

/// Returns the class of a length. Lengths below 32 ns have a class each; above, each power of two has sixteen.
fn class_of(length: Duration) -> usize {
    let nanos = nanos(length).unsigned_abs();
    let octave = 59_u32.saturating_sub(nanos.leading_zeros());
    octave as usize * 16 + usize::try_from(nanos >> octave).unwrap_or(usize::MAX)
}

/// Returns the longest length of a class.
fn end_of(class: usize) -> Duration {
    let octave = (class / 16).saturating_sub(1);
    let first = (class - octave * 16) as u64;
    Duration::from_nanos(((first + 1) << octave) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_lie_side_by_side() {
        let mut before = 0;
        for nanos in (0..10_000).chain((14..59).map(|power| (1 << power) + 7)) {
            let length = Duration::from_nanos(nanos);
            let class = class_of(length);
            assert!(class >= before, "{nanos}");
            before = class;
            assert!(end_of(class) >= length, "{nanos} {class}");
            assert!(class == 0 || end_of(class - 1) < length, "{nanos} {class}");
            assert!(end_of(class).as_nanos() <= u128::from(nanos + nanos / 16), "{nanos} {class}");
        }
    }
}
