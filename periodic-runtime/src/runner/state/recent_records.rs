use std::collections::{HashMap, VecDeque};

use periodic_core::scheduler::SlotRecord;
use periodic_core::task::{Outcome, SlotKind, TaskName};

/// The number of records on a page, bounded because every other call waits meanwhile.
const RECORDS_AT_ONCE: u64 = 256;

/// The newest records, up to a capacity.
#[derive(Debug)]
pub(in crate::runner) struct RecentRecords {
    records: VecDeque<SlotRecord>,
    capacity: usize,
    /// The number of records ever dropped, which is the number of the oldest kept.
    gone: u64,
    /// The number of each task's newest record, if that is of skips and may be extended.
    newest: HashMap<TaskName, u64>,
}

impl RecentRecords {
    pub(in crate::runner) fn new(capacity: usize) -> Self {
        Self { records: VecDeque::new(), capacity, gone: 0, newest: HashMap::new() }
    }

    /// Returns the most records that it keeps.
    pub(in crate::runner) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Adds a record. If it continues its task's last one, slot after slot skipped for the same reason, it extends
    /// that.
    pub(in crate::runner) fn push(&mut self, record: SlotRecord) {
        if self.capacity == 0 {
            return;
        }
        if matches!(record.outcome, Outcome::Skipped(_))
            && let Some(last) = self.newest_of(record.name())
            && goes_on(last, &record)
        {
            last.last = record.last;
            last.count += record.count;
            last.decided = record.decided;
            return;
        }
        if self.records.len() == self.capacity
            && let Some(oldest) = self.records.pop_front()
        {
            if matches!(oldest.outcome, Outcome::Skipped(_))
                && self.newest.get(oldest.name()) == Some(&self.gone)
            {
                self.newest.remove(oldest.name());
            }
            self.gone += 1;
        }
        if matches!(record.outcome, Outcome::Skipped(_)) {
            self.newest.insert(record.name().clone(), self.gone + self.records.len() as u64);
        } else if !self.newest.is_empty() {
            self.newest.remove(record.name());
        }
        self.records.push_back(record);
    }

    /// Returns the numbers of the oldest record and of the next one.
    pub(super) fn numbers(&self) -> (u64, u64) {
        (self.gone, self.gone + self.records.len() as u64)
    }

    /// Returns a page of the records from number `next` to `end`, and the number after them; `None` if there is none.
    /// Records that are gone by now are left out.
    pub(in crate::runner) fn page(&self, next: u64, end: u64) -> Option<(Vec<SlotRecord>, u64)> {
        let (oldest, newest) = self.numbers();
        let next = next.max(oldest);
        let after = end.min(newest).min(next.saturating_add(RECORDS_AT_ONCE));
        let count = usize::try_from(after.checked_sub(next)?).ok().filter(|count| *count > 0)?;
        // No more than the length of the history.
        let skipped = usize::try_from(next - oldest).ok()?;
        Some((self.records.iter().skip(skipped).take(count).cloned().collect(), after))
    }

    fn newest_of(&mut self, name: &TaskName) -> Option<&mut SlotRecord> {
        let place = usize::try_from(self.newest.get(name)?.checked_sub(self.gone)?).ok()?;
        self.records.get_mut(place)
    }
}

fn goes_on(last: &SlotRecord, record: &SlotRecord) -> bool {
    let is_manual = |record: &SlotRecord| matches!(record.first.kind, SlotKind::Manual(_));
    last.outcome == record.outcome && is_manual(last) == is_manual(record)
}

#[cfg(test)]
mod tests {
    use periodic_core::scheduler::{Scheduler, SchedulerOptions};
    use periodic_core::task::{SkipReason, Task, TaskSpec};
    use periodic_core::time::{Instant, Now, Timestamp};

    use super::*;

    fn record(task: &str, at: i64, outcome: Outcome) -> SlotRecord {
        let now = |secs| Now { boot: Instant::from_secs(secs), wall: Timestamp::default() };
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), now(at - 60));
        let task = Task::new(TaskName::new("M", task).unwrap(), TaskSpec::new(""));
        scheduler.add(task, now(at - 60)).unwrap();
        let _ = scheduler.poll(now(at));
        scheduler.stop(now(at));
        let mut record = scheduler.take_record().unwrap();
        record.outcome = outcome;
        record
    }

    fn counts(history: &RecentRecords) -> Vec<(String, u64)> {
        history.records.iter().map(|record| (record.name().task().to_owned(), record.count)).collect()
    }

    #[test]
    fn equal_skips_of_a_task_are_one_record_whatever_others_do() {
        let skipped = Outcome::Skipped(SkipReason::Overlap);
        let mut history = RecentRecords::new(3);
        for at in 0..1_000 {
            history.push(record("a", at, skipped.clone()));
            history.push(record("b", at, skipped.clone()));
        }
        assert_eq!(counts(&history), [("a".into(), 1_000), ("b".into(), 1_000)]);
        history.push(record("a", 1_000, Outcome::Ok));
        history.push(record("a", 1_001, skipped.clone()));
        assert_eq!(counts(&history), [("b".into(), 1_000), ("a".into(), 1), ("a".into(), 1)]);
        history.push(record("b", 1_001, skipped));
        assert_eq!(counts(&history)[0], ("b".into(), 1_001));
    }

    #[test]
    fn pages_go_from_the_oldest_that_is_left_to_the_newest_of_the_beginning() {
        let mut history = RecentRecords::new(600);
        let (mut next, end) = history.numbers();
        assert_eq!(history.page(next, end), None);
        for at in 0..700 {
            history.push(record(&at.to_string(), at, Outcome::Ok));
        }
        (next, _) = history.numbers();
        let end = 700;
        let mut found = Vec::new();
        while let Some((records, after)) = history.page(next, end) {
            assert!(records.len() <= 256);
            found.extend(records.iter().map(|record| record.name().task().to_owned()));
            next = after;
            if found.len() == 256 {
                for at in 700..1_000 {
                    history.push(record(&at.to_string(), at, Outcome::Ok));
                }
            }
        }
        let expected = (100..356).chain(400..700).map(|at| at.to_string());
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn the_oldest_go_first_and_leave_nothing() {
        let mut history = RecentRecords::new(2);
        for at in 0..10 {
            history.push(record(&at.to_string(), at, Outcome::Ok));
        }
        assert_eq!(counts(&history), [("8".into(), 1), ("9".into(), 1)]);
        assert_eq!(history.newest.len(), 0);
        history.push(record("a", 10, Outcome::Skipped(SkipReason::Overlap)));
        assert_eq!(history.newest.len(), 1);
        history.push(record("b", 11, Outcome::Ok));
        history.push(record("b", 12, Outcome::Ok));
        assert_eq!(history.newest.len(), 0);
    }
}
