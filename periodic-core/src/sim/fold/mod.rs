//! The questions of tests about a timeline: each is a [`Fold`] that watches a simulation in one pass.
//!
//! A fold keeps numbers, not the timeline: its memory grows with the tasks at most. A tuple plays several folds in one
//! pass. An `expect_…` returns a [`Mismatch`](super::Mismatch) that names the time and the tasks.

mod bursts;
mod concurrency;
mod counts;
mod gaps;
mod lateness;
mod starts_per;
mod summary;
mod together;

pub use bursts::Bursts;
pub use concurrency::Concurrency;
pub use counts::Counts;
pub use gaps::{Gap, Gaps};
pub use lateness::{Late, Lateness};
pub use starts_per::{Bucket, StartsPer};
pub use summary::Summary;
pub use together::Together;

use super::SimRecord;
use crate::schedule::Slot;
use crate::task::TaskName;
use crate::time::{Instant, Now};

/// An observer of a simulation while it is played. Methods that a fold does not need may be left out.
///
/// The calls come in the order of time. A run that takes no time ends at once after its start.
///
/// # Examples
/// The longest time in which nothing starts:
/// ```
/// use std::time::Duration;
/// use periodic_core::sim::Simulation;
/// use periodic_core::sim::fold::{Fold, SimRun};
/// use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
/// use periodic_core::time::{Instant, Now};
///
/// #[derive(Default)]
/// struct Quiet {
///     last: Instant,
///     longest: Duration,
/// }
///
/// impl Fold for Quiet {
///     fn started(&mut self, _: &SimRun<'_>, now: Now) {
///         self.longest = self.longest.max(now.boot - self.last);
///         self.last = now.boot;
///     }
/// }
///
/// let poll = TaskSpec::new("poll").every(Interval::from_secs(7));
/// let mut quiet = Quiet::default();
/// let simulation = Simulation::default().with(Task::new(TaskName::new("Manager", "poll")?, poll));
/// simulation.run_for("1d")?.play(&mut quiet);
/// assert_eq!(quiet.longest, Duration::from_secs(7));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Fold {
    /// Called when a run or another attempt of it starts.
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let _ = (run, now);
    }

    /// Called when a run ends, or an attempt that is retried later. A run that cannot be ended is recorded as timed out
    /// before.
    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        let _ = (run, now);
    }

    /// Called when the outcome of a slot, or of several equal ones, is recorded.
    fn recorded(&mut self, record: &SimRecord) {
        let _ = record;
    }

    /// Called when the simulation is over. `tasks` are all tasks that existed, each at its number.
    fn over(&mut self, tasks: &[TaskName], now: Now) {
        let _ = (tasks, now);
    }
}

/// A run of a simulation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SimRun<'a> {
    /// The task's full name.
    pub name: &'a TaskName,
    /// The task's number: tasks are counted from zero, in table order, and later ones after them.
    pub task: usize,
    /// Its slot.
    pub slot: Slot,
    /// The number of this attempt at the slot, from 1.
    pub attempt: u32,
    /// The time of its start, on the boot-time clock, which is zero when the simulation starts.
    pub started: Instant,
}

impl Fold for () {}

impl<F: Fold> Fold for &mut F {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        (**self).started(run, now);
    }

    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        (**self).ended(run, now);
    }

    fn recorded(&mut self, record: &SimRecord) {
        (**self).recorded(record);
    }

    fn over(&mut self, tasks: &[TaskName], now: Now) {
        (**self).over(tasks, now);
    }
}

macro_rules! fold_for_tuples {
    ($(($($fold:ident)+))+) => {$(
        impl<$($fold: Fold),+> Fold for ($($fold,)+) {
            fn started(&mut self, run: &SimRun<'_>, now: Now) {
                #[allow(non_snake_case, reason = "each type's value is bound under the type's name")]
                let ($($fold,)+) = self;
                $($fold.started(run, now);)+
            }

            fn ended(&mut self, run: &SimRun<'_>, now: Now) {
                #[allow(non_snake_case, reason = "each type's value is bound under the type's name")]
                let ($($fold,)+) = self;
                $($fold.ended(run, now);)+
            }

            fn recorded(&mut self, record: &SimRecord) {
                #[allow(non_snake_case, reason = "each type's value is bound under the type's name")]
                let ($($fold,)+) = self;
                $($fold.recorded(record);)+
            }

            fn over(&mut self, tasks: &[TaskName], now: Now) {
                #[allow(non_snake_case, reason = "each type's value is bound under the type's name")]
                let ($($fold,)+) = self;
                $($fold.over(tasks, now);)+
            }
        }
    )+};
}

fold_for_tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

/// Returns the value at a task's number, created at its first use.
fn of_task<T: Default>(list: &mut Vec<T>, task: usize) -> &mut T {
    if task >= list.len() {
        list.resize_with(task + 1, T::default);
    }
    &mut list[task]
}
