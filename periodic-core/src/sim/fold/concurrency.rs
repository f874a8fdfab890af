use super::super::Mismatch;
use super::{Fold, SimRun, of_task};
use crate::task::TaskName;
use crate::time::{Now, Timestamp};

/// The number of runs that are active at once.
///
/// A run that takes no time is active for no time, so it is alone unless others take longer. A run that cannot be ended
/// counts until it ends.
#[derive(Clone, Debug, Default)]
pub struct Concurrency {
    going: usize,
    by_task: Vec<usize>,
    names: Vec<Option<TaskName>>,
    most: usize,
    at: Timestamp,
    who: Vec<(TaskName, usize)>,
}

impl Concurrency {
    /// Returns the most runs that were active at once.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Returns the first time with that number.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns the tasks of those runs, and the number of each, in table order.
    pub fn who(&self) -> &[(TaskName, usize)] {
        &self.who
    }

    /// Checks that at most `runs` runs are active at once.
    ///
    /// # Errors
    /// When there are more; the error states the time of the most, and their tasks.
    pub fn expect_at_most(&self, runs: usize) -> Result<(), Mismatch> {
        if self.most <= runs {
            return Ok(());
        }
        let heading = format!("expected at most {runs} runs at once, found {} at {}:", self.most, self.at);
        Mismatch::unless_empty(&heading, self.who.iter().map(|(name, count)| format!("{count:>6}  {name}")))
    }
}

impl Fold for Concurrency {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        self.going += 1;
        *of_task(&mut self.by_task, run.task) += 1;
        of_task(&mut self.names, run.task).get_or_insert_with(|| run.name.clone());
        if self.going > self.most {
            (self.most, self.at) = (self.going, now.wall);
            let going = self.by_task.iter().zip(&self.names).filter(|(count, _)| **count > 0);
            self.who = going.filter_map(|(count, name)| Some((name.clone()?, *count))).collect();
        }
    }

    fn ended(&mut self, run: &SimRun<'_>, _: Now) {
        self.going -= 1;
        *of_task(&mut self.by_task, run.task) -= 1;
    }
}
