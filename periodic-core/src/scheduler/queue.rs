use core::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schedule::NEVER;

/// When each row wants to be looked at, on one timeline.
///
/// A heap that forgets lazily: an entry counts only while it agrees with `due`. Setting a row anew leaves its
/// old entry behind, so the heap is rebuilt when more than half of it is stale.
#[derive(Debug, Default)]
pub(super) struct WakeQueue {
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// By row.
    due: Vec<i64>,
    live: usize,
}

impl WakeQueue {
    /// The earliest time at which a row wants to be looked at.
    pub(super) fn first(&mut self) -> Option<i64> {
        self.forget_stale();
        self.heap.peek().map(|Reverse((due, _))| *due)
    }

    /// Takes out every row whose time is at or before `now`.
    pub(super) fn pop_due(&mut self, now: i64, rows: &mut Vec<u32>) {
        while let Some(&Reverse((due, row))) = self.heap.peek() {
            if due > now {
                break;
            }
            self.heap.pop();
            if self.due[row as usize] == due {
                self.due[row as usize] = NEVER;
                self.live -= 1;
                rows.push(row);
            }
        }
    }

    /// Sets when a row wants to be looked at; [`NEVER`] for not at all.
    #[inline]
    pub(super) fn set(&mut self, row: u32, due: i64) {
        if self.due.get(row as usize).copied().unwrap_or(NEVER) != due {
            self.change(row, due);
        }
    }

    fn change(&mut self, row: u32, due: i64) {
        let place = row as usize;
        if place >= self.due.len() {
            self.due.resize(place + 1, NEVER);
        }
        let before = core::mem::replace(&mut self.due[place], due);
        self.live += usize::from(due != NEVER);
        self.live -= usize::from(before != NEVER);
        if due != NEVER {
            self.heap.push(Reverse((due, row)));
        }
        if self.heap.len() > 64 + 2 * self.live {
            self.rebuild();
        }
    }

    fn forget_stale(&mut self) {
        while let Some(&Reverse((due, row))) = self.heap.peek() {
            if self.due[row as usize] == due {
                break;
            }
            self.heap.pop();
        }
    }

    fn rebuild(&mut self) {
        self.heap = (0..)
            .zip(&self.due)
            .filter(|(_, due)| **due != NEVER)
            .map(|(row, due)| Reverse((*due, row)))
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_set_anew_comes_once_and_at_its_new_time() {
        let mut queue = WakeQueue::default();
        queue.set(0, 10);
        queue.set(1, 20);
        queue.set(0, 30);
        queue.set(0, 10);
        assert_eq!(queue.first(), Some(10));
        queue.set(0, 40);
        assert_eq!(queue.first(), Some(20));
        let mut rows = Vec::new();
        queue.pop_due(100, &mut rows);
        assert_eq!(rows, [1, 0]);
        assert_eq!(queue.first(), None);
    }

    #[test]
    fn stale_entries_do_not_pile_up() {
        let mut queue = WakeQueue::default();
        for due in 0..10_000 {
            queue.set(0, 1_000_000 - due);
        }
        assert!(queue.heap.len() <= 66, "{}", queue.heap.len());
    }
}
