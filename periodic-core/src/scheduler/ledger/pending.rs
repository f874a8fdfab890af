use std::collections::VecDeque;
use std::sync::Arc;

use super::{SlotRecord, WellRun};
use crate::task::Task;

/// So many more than are wanted are let go at once.
const SLACK: usize = 64;

/// What became of slots, until the driver asks. Its callers know the task of each row, and this does not.
///
/// Most are runs that ended well. Of such a one the record is made when it is asked for: until then its row has the
/// same task, and whoever is to change that [writes](Self::write_out) the records first.
#[derive(Debug, Default)]
pub(crate) struct Records {
    kept: VecDeque<Kept>,
    written: VecDeque<SlotRecord>,
}

#[derive(Clone, Copy, Debug)]
enum Kept {
    Well {
        row: u32,
        run: WellRun,
    },
    /// The next of those that are written.
    Written,
}

impl Records {
    #[inline]
    pub(crate) fn push_well(&mut self, row: u32, run: WellRun) {
        self.kept.push_back(Kept::Well { row, run });
    }

    pub(crate) fn push(&mut self, record: SlotRecord) {
        self.kept.push_back(Kept::Written);
        self.written.push_back(record);
    }

    pub(crate) fn pop<'t>(&mut self, task_of: impl Fn(u32) -> Option<&'t Arc<Task>>) -> Option<SlotRecord> {
        match self.kept.pop_front()? {
            Kept::Written => self.written.pop_front(),
            Kept::Well { row, run } => {
                let task = task_of(row);
                debug_assert!(task.is_some(), "row {row} went with records that wait");
                task.map(|task| run.record(task))
            }
        }
    }

    /// All, from this place on.
    pub(crate) fn iter<'t>(
        &'t self,
        from: usize,
        task_of: impl Fn(u32) -> Option<&'t Arc<Task>> + 't,
    ) -> impl Iterator<Item = SlotRecord> {
        let mut written = self.written.iter();
        let each = self.kept.iter().map(move |kept| match kept {
            Kept::Written => (written.next(), None),
            Kept::Well { row, run } => (None, Some((*row, *run))),
        });
        each.skip(from).filter_map(move |(written, well)| {
            written.cloned().or_else(|| well.and_then(|(row, run)| task_of(row).map(|task| run.record(task))))
        })
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.written.clear();
    }

    /// Lets the newest `most` wait, if there are none but of runs that ended well; answers how many do.
    #[inline]
    pub(crate) fn wait(&mut self, most: usize) -> Option<usize> {
        if !self.written.is_empty() {
            return None;
        }
        if self.kept.len() >= most + SLACK {
            self.kept.drain(..self.kept.len() - most);
        }
        Some(self.kept.len())
    }

    /// Makes the records of a row, because its task is to change.
    pub(crate) fn write_out<'t>(&mut self, row: u32, task_of: impl Fn(u32) -> Option<&'t Arc<Task>>) {
        let is_of_it = |kept: &Kept| matches!(kept, Kept::Well { row: of, .. } if *of == row);
        let marked = || self.kept.iter().filter(|kept| matches!(kept, Kept::Written)).count();
        debug_assert_eq!(marked(), self.written.len(), "each mark has its record");
        let are_all_written = self.kept.len() == self.written.len();
        if are_all_written || !self.kept.iter().any(is_of_it) {
            return;
        }
        let mut before = core::mem::take(&mut self.written).into_iter();
        for kept in &mut self.kept {
            match *kept {
                Kept::Written => self.written.extend(before.next()),
                Kept::Well { row: of, run } if of == row => {
                    self.written.extend(task_of(row).map(|task| run.record(task)));
                    *kept = Kept::Written;
                }
                Kept::Well { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_ended_well_takes_little() {
        assert!(size_of::<Kept>() <= 48, "{}", size_of::<Kept>());
    }
}
