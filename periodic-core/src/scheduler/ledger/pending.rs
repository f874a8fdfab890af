use std::collections::VecDeque;
use std::sync::Arc;

use super::{SlotRecord, WellRun};
use crate::task::Task;

/// The excess of kept records that is dropped in one step.
const SLACK: usize = 64;

/// The records of slots, until the driver takes them. The caller supplies the task of each row.
///
/// Most are of successful runs. Such a record is built when it is taken: until then its row has the same task. A
/// caller that is about to change the task [writes](Self::write_out) the records first.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    kept: VecDeque<PendingRecord>,
    written: VecDeque<SlotRecord>,
}

#[derive(Clone, Copy, Debug)]
enum PendingRecord {
    Well {
        row: u32,
        run: WellRun,
    },
    /// The next of `written`.
    Written,
}

impl Pending {
    #[inline]
    pub(crate) fn push_well(&mut self, row: u32, run: WellRun) {
        self.kept.push_back(PendingRecord::Well { row, run });
    }

    pub(crate) fn push(&mut self, record: SlotRecord) {
        self.kept.push_back(PendingRecord::Written);
        self.written.push_back(record);
    }

    pub(crate) fn pop<'t>(&mut self, task_of: impl Fn(u32) -> Option<&'t Arc<Task>>) -> Option<SlotRecord> {
        match self.kept.pop_front()? {
            PendingRecord::Written => self.written.pop_front(),
            PendingRecord::Well { row, run } => {
                let task = task_of(row);
                debug_assert!(task.is_some(), "row {row} went with records that wait");
                task.map(|task| run.record(task))
            }
        }
    }

    /// Returns all records from position `from` on.
    pub(crate) fn iter<'t>(
        &'t self,
        from: usize,
        task_of: impl Fn(u32) -> Option<&'t Arc<Task>> + 't,
    ) -> impl Iterator<Item = SlotRecord> {
        let mut written = self.written.iter();
        let each = self.kept.iter().map(move |kept| match kept {
            PendingRecord::Written => (written.next(), None),
            PendingRecord::Well { row, run } => (None, Some((*row, *run))),
        });
        each.skip(from).filter_map(move |(written, well)| {
            written.cloned().or_else(|| well.and_then(|(row, run)| task_of(row).map(|task| run.record(task))))
        })
    }

    /// Returns the number of records.
    #[cfg(feature = "checked")]
    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.written.clear();
    }

    /// Keeps the newest `most` records, or fewer than `SLACK` more, if all are of successful runs; returns how many
    /// are kept.
    #[inline]
    pub(crate) fn wait(&mut self, most: usize) -> Option<usize> {
        if !self.written.is_empty() {
            return None;
        }
        if self.kept.len() >= most.saturating_add(SLACK) {
            self.kept.drain(..self.kept.len() - most);
        }
        Some(self.kept.len())
    }

    /// Builds the records of a row, because its task is about to change.
    pub(crate) fn write_out<'t>(&mut self, row: u32, task_of: impl Fn(u32) -> Option<&'t Arc<Task>>) {
        let is_of_it =
            |kept: &PendingRecord| matches!(kept, PendingRecord::Well { row: of, .. } if *of == row);
        let marked = || self.kept.iter().filter(|kept| matches!(kept, PendingRecord::Written)).count();
        debug_assert_eq!(marked(), self.written.len(), "each mark has its record");
        let are_all_written = self.kept.len() == self.written.len();
        if are_all_written || !self.kept.iter().any(is_of_it) {
            return;
        }
        let mut before = core::mem::take(&mut self.written).into_iter();
        for kept in &mut self.kept {
            match *kept {
                PendingRecord::Written => self.written.extend(before.next()),
                PendingRecord::Well { row: of, run } if of == row => {
                    self.written.extend(task_of(row).map(|task| run.record(task)));
                    *kept = PendingRecord::Written;
                }
                PendingRecord::Well { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Slot, SlotKind};
    use crate::time::{Instant, Timestamp};

    #[test]
    fn as_many_records_wait_as_are_wanted_and_fewer_than_a_step_more() {
        let slot = Slot { kind: SlotKind::Scheduled, at: Instant::ZERO, scheduled: Timestamp::default() };
        let run = WellRun { slot, started: Instant::ZERO, decided: Instant::ZERO };
        for (most, expected) in [(0, 0), (1, 1), (usize::MAX - 1, SLACK + 1), (usize::MAX, SLACK + 1)] {
            let mut pending = Pending::default();
            (0..=SLACK).for_each(|_| pending.push_well(0, run));
            assert_eq!(pending.wait(most), Some(expected), "{most}");
        }
    }

    #[test]
    fn a_run_that_ended_well_takes_little() {
        assert!(size_of::<PendingRecord>() <= 48, "{}", size_of::<PendingRecord>());
    }
}
