use super::super::Mismatch;
use super::{Fold, SimRun};
use crate::task::TaskName;
use crate::time::{Now, Timestamp};

/// Whether runs of two tasks are ever active at once.
///
/// A run that ends at the instant at which the other starts has ended. A run that takes no time meets those that are
/// active around it.
#[derive(Clone, Debug)]
pub struct Together {
    tasks: [usize; 2],
    going: [usize; 2],
    first: Option<(Timestamp, [usize; 2])>,
    names: Vec<TaskName>,
}

impl Together {
    /// Creates a fold for the tasks with these numbers: see [`Timeline::tasks`](crate::sim::Timeline::tasks).
    pub fn of(one: usize, other: usize) -> Self {
        Self { tasks: [one, other], going: [0, 0], first: None, names: Vec::new() }
    }

    /// Returns the first time at which runs of both were active at once.
    pub fn first(&self) -> Option<Timestamp> {
        self.first.map(|(at, _)| at)
    }

    /// Checks that they never are.
    ///
    /// # Errors
    /// When they are, with the first time.
    pub fn expect_never(&self) -> Result<(), Mismatch> {
        let Some((at, [before, starts])) = self.first else { return Ok(()) };
        let name = |task: usize| self.names.get(task).map_or("", TaskName::as_str);
        Err(Mismatch::new(format!(
            "expected `{}` and `{}` never to run at once, found `{}` starting at {at}",
            name(before),
            name(starts),
            name(starts),
        )))
    }
}

impl Fold for Together {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        for (mine, other) in [(0, 1), (1, 0)] {
            if self.tasks[mine] == run.task {
                self.going[mine] += 1;
                if self.going[other] > 0 && self.first.is_none() {
                    self.first = Some((now.wall, [self.tasks[other], run.task]));
                }
            }
        }
    }

    fn ended(&mut self, run: &SimRun<'_>, _: Now) {
        for mine in [0, 1] {
            self.going[mine] -= usize::from(self.tasks[mine] == run.task);
        }
    }

    fn over(&mut self, tasks: &[TaskName], _: Now) {
        self.names = tasks.to_vec();
    }
}
