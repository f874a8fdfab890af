use std::collections::{HashSet, VecDeque};

use crate::spec::Execution;
use crate::time::Instant;

/// The part of a driver that starts a run. Each takes the next run if it is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive, because a driver names it.
pub enum Starter {
    /// The driver's own loop: inline and blocking runs.
    Loop,
    /// Its workers: spawned runs.
    Workers,
}

impl Starter {
    /// Returns the starter of a task's runs.
    pub(crate) const fn of(execution: Execution) -> Self {
        match execution {
            Execution::Inline | Execution::Blocking => Self::Loop,
            Execution::Spawned => Self::Workers,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Loop => Self::Workers,
            Self::Workers => Self::Loop,
        }
    }
}

/// Runs that were decided and wait for their start.
#[derive(Debug)]
pub(crate) struct ReadyQueue {
    by_due: bool,
    generation: i64,
    /// By starter, in the order in which they start; most entries are pushed in that order, too.
    queues: [VecDeque<Queued>; 2],
    /// The number of entries that were not dropped.
    count: usize,
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
        Self { by_due, generation: 0, queues: Default::default(), count: 0, dropped: HashSet::new() }
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

    pub(crate) fn push(&mut self, starter: Starter, due: Instant, order: u64, serial: u64, row: u32) {
        let key = if self.by_due { due.as_nanos() } else { self.generation };
        let entry = Queued { key, order, serial, row };
        self.count += 1;
        let entries = &mut self.queues[starter as usize];
        if entries.back().is_none_or(|last| (last.key, last.order) < (key, order) || *last < entry) {
            entries.push_back(entry);
        } else {
            let place = entries.partition_point(|other| *other < entry);
            entries.insert(place, entry);
        }
    }

    /// Drops a run that was not taken yet. It is a call of its own, because most runs that leave their row were taken.
    #[inline(never)]
    pub(crate) fn drop_entry(&mut self, serial: u64) {
        self.count -= 1;
        self.dropped.insert(serial);
        // While no permit is free, nothing is popped, and dropped entries would accumulate.
        if self.dropped.len() > 64 + self.entries() / 2 {
            for entries in &mut self.queues {
                entries.retain(|entry| !self.dropped.remove(&entry.serial));
            }
        }
    }

    /// Takes the next entry of all, if it is of this generation or an earlier one; with a limit, if it was due by then.
    pub(crate) fn pop_until(&mut self, generation: i64) -> Option<Queued> {
        let starter = match (self.front(Starter::Loop), self.front(Starter::Workers)) {
            (Some(first), Some(second)) if second < first => Starter::Workers,
            (None, Some(_)) => Starter::Workers,
            _ => Starter::Loop,
        };
        let entry = self.queues[starter as usize].pop_front_if(|entry| entry.key <= generation)?;
        self.count -= 1;
        Some(entry)
    }

    /// Takes the next entry of all, if it is of this starter.
    #[inline]
    pub(crate) fn pop_of(&mut self, starter: Starter) -> Option<Queued> {
        if self.takeable(starter) == 0 {
            return None;
        }
        self.count -= 1;
        self.queues[starter as usize].pop_front()
    }

    /// Returns the number of entries of a starter if the next one of all is among them, otherwise zero.
    #[inline]
    pub(crate) fn takeable(&mut self, starter: Starter) -> usize {
        let count = self.queues[starter as usize].len();
        if count == 0 || (self.dropped.is_empty() && self.queues[starter.other() as usize].is_empty()) {
            return count;
        }
        self.takeable_of_both(starter)
    }

    /// Outlined from the call: most tables have tasks of one starter.
    #[inline(never)]
    fn takeable_of_both(&mut self, starter: Starter) -> usize {
        let Some(first) = self.front(starter) else { return 0 };
        let is_first = self.front(starter.other()).is_none_or(|other| first < other);
        if is_first { self.queues[starter as usize].len() } else { 0 }
    }

    /// Returns the first entry of a starter that was not dropped.
    #[inline]
    fn front(&mut self, starter: Starter) -> Option<Queued> {
        let entries = &mut self.queues[starter as usize];
        while !self.dropped.is_empty()
            && entries.pop_front_if(|entry| self.dropped.remove(&entry.serial)).is_some()
        {}
        entries.front().copied()
    }

    pub(crate) fn len(&self) -> usize {
        debug_assert_eq!(self.count, self.entries() - self.dropped.len(), "{self:?}");
        self.count
    }

    fn entries(&self) -> usize {
        self.queues.iter().map(VecDeque::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropped_entries_do_not_pile_up() {
        let mut queue = ReadyQueue::new(true);
        queue.push(Starter::Loop, Instant::ZERO, 0, 0, 7);
        for serial in 1..10_000 {
            queue.push(Starter::Loop, Instant::from_secs(1), 0, serial, 0);
            queue.drop_entry(serial);
            assert_eq!(queue.len(), 1);
        }
        assert!(queue.entries() <= 130, "{}", queue.entries());
        assert_eq!(queue.pop_until(i64::MAX).map(|entry| entry.row), Some(7));
        assert_eq!(queue.pop_until(i64::MAX), None);
    }

    #[test]
    fn the_queues_are_taken_in_one_order() {
        let mut queue = ReadyQueue::new(false);
        for (serial, starter) in
            [(1, Starter::Workers), (2, Starter::Loop), (3, Starter::Workers), (4, Starter::Loop)]
        {
            queue.push(starter, Instant::ZERO, serial, serial, 0);
        }
        let serial = |entry: Option<Queued>| entry.map(|entry| entry.serial);
        assert_eq!((queue.takeable(Starter::Loop), queue.takeable(Starter::Workers)), (0, 2));
        assert_eq!(
            (serial(queue.pop_of(Starter::Loop)), serial(queue.pop_of(Starter::Workers))),
            (None, Some(1))
        );
        assert_eq!((queue.takeable(Starter::Loop), queue.takeable(Starter::Workers)), (2, 0));
        queue.drop_entry(2);
        assert_eq!(serial(queue.pop_until(i64::MAX)), Some(3));
        assert_eq!(serial(queue.pop_of(Starter::Loop)), Some(4));
        assert_eq!((queue.takeable(Starter::Loop), queue.takeable(Starter::Workers), queue.len()), (0, 0, 0));
    }

    #[test]
    fn with_a_limit_they_come_as_they_were_due() {
        let mut queue = ReadyQueue::new(true);
        queue.push(Starter::Workers, Instant::from_secs(2), 0, 1, 0);
        queue.push(Starter::Loop, Instant::from_secs(1), 1, 2, 1);
        assert_eq!(queue.takeable(Starter::Workers), 0);
        assert_eq!(queue.pop_of(Starter::Loop).map(|entry| entry.serial), Some(2));
        assert_eq!(queue.takeable(Starter::Workers), 1);
    }
}
