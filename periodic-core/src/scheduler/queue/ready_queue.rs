use std::collections::{HashSet, VecDeque};

use crate::time::Instant;

/// Runs that were decided and wait for their start.
#[derive(Debug)]
pub(crate) struct ReadyQueue {
    by_due: bool,
    generation: i64,
    /// In the order in which they start; most entries are pushed in that order, too.
    entries: VecDeque<Queued>,
    /// The entries that were dropped while they waited; they are skipped in their turn.
    dropped: HashSet<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Queued {
    /// The generation, or the instant at which the slot was due.
    key: i64,
    order: u64,
    pub(crate) serial: u64,
    pub(crate) row: u32,
}

impl ReadyQueue {
    /// Creates a queue. With a limit, runs start in the order in which they were due; without one, generation by generation in
    /// table order.
    pub(crate) fn new(by_due: bool) -> Self {
        Self { by_due, generation: 0, entries: VecDeque::new(), dropped: HashSet::new() }
    }

    /// Begins a generation behind all earlier entries; returns its number.
    pub(crate) fn next_generation(&mut self) -> i64 {
        self.generation += 1;
        self.generation
    }

    /// Returns the number of the latest generation.
    pub(crate) fn latest_generation(&self) -> i64 {
        self.generation
    }

    /// Sets the generation of the next entries; returns the one before.
    pub(crate) fn go_on_with(&mut self, generation: i64) -> i64 {
        core::mem::replace(&mut self.generation, generation)
    }

    pub(crate) fn push(&mut self, due: Instant, order: u64, serial: u64, row: u32) {
        let key = if self.by_due { due.as_nanos() } else { self.generation };
        let entry = Queued { key, order, serial, row };
        if self.entries.back().is_none_or(|last| (last.key, last.order) < (key, order) || *last < entry) {
            self.entries.push_back(entry);
        } else {
            let place = self.entries.partition_point(|other| *other < entry);
            self.entries.insert(place, entry);
        }
    }

    /// Drops a run that was not taken yet. It is a call of its own, because most runs that leave their row were taken.
    #[inline(never)]
    pub(crate) fn drop_entry(&mut self, serial: u64) {
        self.dropped.insert(serial);
        // While no permit is free, nothing is popped, and dropped entries would accumulate.
        if self.dropped.len() > 64 + self.entries.len() / 2 {
            self.entries.retain(|entry| !self.dropped.remove(&entry.serial));
        }
    }

    /// Takes the next entry, if it is of this generation or an earlier one; with a limit, if it was due by then.
    pub(crate) fn pop_until(&mut self, generation: i64) -> Option<Queued> {
        while let Some(entry) = self.entries.pop_front_if(|entry| entry.key <= generation) {
            if self.dropped.is_empty() || !self.dropped.remove(&entry.serial) {
                return Some(entry);
            }
        }
        None
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len() - self.dropped.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_entries_do_not_pile_up() {
        let mut queue = ReadyQueue::new(true);
        queue.push(Instant::ZERO, 0, 0, 7);
        for serial in 1..10_000 {
            queue.push(Instant::from_secs(1), 0, serial, 0);
            queue.drop_entry(serial);
            assert_eq!(queue.len(), 1);
        }
        assert!(queue.entries.len() <= 130, "{}", queue.entries.len());
        assert_eq!(queue.pop_until(i64::MAX).map(|entry| entry.row), Some(7));
        assert_eq!(queue.pop_until(i64::MAX), None);
    }
}
