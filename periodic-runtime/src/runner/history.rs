use std::collections::VecDeque;

use periodic_core::scheduler::SlotRecord;
use periodic_core::task::Outcome;

/// The newest records, a bounded number of them.
#[derive(Debug)]
pub(super) struct History {
    records: VecDeque<SlotRecord>,
    capacity: usize,
}

impl History {
    pub(super) fn new(capacity: usize) -> Self {
        Self { records: VecDeque::new(), capacity }
    }

    /// Adds a record. One that repeats the last, slot after slot skipped for the same reason, makes that longer.
    pub(super) fn push(&mut self, record: SlotRecord) {
        if let Some(last) = self.records.back_mut()
            && matches!(record.outcome, Outcome::Skipped(_))
            && last.outcome == record.outcome
            && last.name() == record.name()
        {
            last.last = record.last;
            last.count += record.count;
            last.decided = record.decided;
            return;
        }
        if self.records.len() >= self.capacity {
            self.records.pop_front();
        }
        if self.capacity > 0 {
            self.records.push_back(record);
        }
    }

    pub(super) fn records(&self) -> Vec<SlotRecord> {
        self.records.iter().cloned().collect()
    }
}
