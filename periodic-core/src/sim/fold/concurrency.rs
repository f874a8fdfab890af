use super::super::Mismatch;
use super::{Fold, SimRun, of_task};
use crate::task::TaskName;
use crate::time::{Now, Timestamp};

/// How many runs go at once.
///
/// A run that takes no time goes for no time, so it is alone unless others take longer. One that cannot be ended
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
    /// The most runs that went at once.
    pub fn most(&self) -> usize {
        self.most
    }

    /// When there were first so many.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Whose runs they were, and how many of each, in table order.
    pub fn who(&self) -> &[(TaskName, usize)] {
        &self.who
    }

    /// Expects that never more than so many go at once.
    ///
    /// # Errors
    /// When more do, with when the most did, and whose.
    pub fn expect_at_most(&self, runs: usize) -> Result<(), Mismatch> {
        if self.most <= runs {
            return Ok(());
        }
        let heading =
            format!("at most {runs} runs may go at once, but at {} there are {}:", self.at, self.most);
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
