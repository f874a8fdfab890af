use core::time::Duration;

use super::super::Mismatch;
use super::{Fold, SimRun, of_task};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp, nanos};

/// The time from each start of a task to its next.
///
/// The time before the first start and after the last is no gap. Attempts after a slot's first are no starts.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    by_task: Vec<Starts>,
    names: Vec<TaskName>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Starts {
    last: Option<(Instant, Timestamp)>,
    gap: Option<Gap>,
}

/// The gaps of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The shortest gap.
    pub least: Duration,
    /// The longest gap.
    pub most: Duration,
    /// The start before the longest gap.
    pub longest_after: Timestamp,
}

impl Gaps {
    /// Returns the gaps of each task that started at least twice, in table order.
    pub fn all(&self) -> impl Iterator<Item = (&TaskName, Gap)> {
        self.names.iter().zip(&self.by_task).filter_map(|(name, starts)| Some((name, starts.gap?)))
    }

    /// Returns the gaps of one task by its full name, or by its name inside the manager; `None` if it did not start
    /// twice.
    pub fn of(&self, task: &str) -> Option<Gap> {
        self.all().find(|(name, _)| name.matches(task)).map(|(_, gap)| gap)
    }

    /// Checks that at most `longest` passes from each start of the task to its next, and that it starts twice.
    ///
    /// # Errors
    /// When more passes, with the time of it, or when the task does not start twice.
    pub fn expect_at_most(&self, task: &str, longest: Duration) -> Result<(), Mismatch> {
        let written = |length| periodic_text::duration::written(nanos(length));
        match self.of(task) {
            Some(gap) if gap.most > longest => Err(Mismatch::new(format!(
                "expected `{task}` to start at least every {}, found {} after its start at {}",
                written(longest),
                written(gap.most),
                gap.longest_after,
            ))),
            Some(_) => Ok(()),
            None => Err(Mismatch::new(format!(
                "expected `{task}` to start at least every {}, found no second start",
                written(longest)
            ))),
        }
    }
}

impl Fold for Gaps {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        if run.attempt > 1 {
            return;
        }
        let starts = of_task(&mut self.by_task, run.task);
        if let Some((last, wall)) = starts.last.replace((now.boot, now.wall)) {
            let gap = now.boot - last;
            let all = starts.gap.get_or_insert(Gap { least: gap, most: gap, longest_after: wall });
            all.least = all.least.min(gap);
            if gap > all.most {
                (all.most, all.longest_after) = (gap, wall);
            }
        }
    }

    fn over(&mut self, tasks: &[TaskName], _: Now) {
        self.by_task.resize_with(tasks.len(), Starts::default);
        self.names = tasks.to_vec();
    }
}
