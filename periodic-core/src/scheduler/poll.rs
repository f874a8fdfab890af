use super::row::Pace;
use super::scheduler::Scheduler;
use super::visit::Upto;
use crate::schedule::{NEVER, Timeline};
use crate::time::{Instant, Now};

/// The result of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the scheduler wants to be polled again at `wake_at`"]
#[non_exhaustive]
pub struct Tick {
    /// When to poll again, unless another call comes first.
    pub wake_at: Instant,
    /// The number of runs that wait for their start.
    pub ready: usize,
}

impl Scheduler {
    /// Decides every slot that is due at `now`, and returns when to poll next: exactly at the first due slot, at most
    /// the options' `max_idle` after `now`, and every 30 s if a task follows the wall clock. Exactly due counts as due.
    ///
    /// Costs only a few comparisons if no slot is due.
    #[inline]
    pub fn poll(&mut self, now: Now) -> Tick {
        let ready = self.decide(now);
        Tick { wake_at: self.next_wake(now.wall), ready }
    }

    #[inline]
    pub(super) fn decide(&mut self, now: Now) -> usize {
        self.forward(now);
        if self.boot.is_due(self.now.as_nanos()) || self.clocks.is_followed {
            self.decide_due(now);
        }
        self.effects.ready.len()
    }

    #[inline(never)]
    fn decide_due(&mut self, now: Now) {
        let now = self.read(now);
        if !self.boot.is_due(now.boot.as_nanos()) && !self.wall.is_due(now.wall.as_nanos()) {
            return;
        }
        let mut due_rows = core::mem::take(&mut self.due_rows);
        self.find_due(now, &mut due_rows);
        self.effects.ready.next_generation();
        self.decide_rows(&due_rows, now);
        due_rows.clear();
        self.due_rows = due_rows;
        self.assert_sound();
    }

    /// Finds the rows that must be visited now, in table order.
    pub(super) fn find_due(&mut self, now: Now, due_rows: &mut Vec<u32>) {
        for (queue, timeline) in [(&mut self.boot, Timeline::Boot), (&mut self.wall, Timeline::Wall)] {
            queue.take_due(timeline.read(now), due_rows);
        }
        if self.has_reused {
            self.put_in_table_order(due_rows);
            due_rows.dedup();
        } else {
            self.row_set.sort(due_rows);
        }
    }

    pub(super) fn put_in_table_order(&self, rows: &mut [u32]) {
        rows.sort_unstable_by_key(|&id| self.rows[id as usize].as_ref().map(|row| row.order));
    }

    pub(super) fn decide_rows(&mut self, due_rows: &[u32], now: Now) {
        for &id in due_rows {
            if let Some((row, mut visit)) = self.step_of(id, now) {
                row.settle(&mut visit, Upto::Including);
                if row.waits_for_its_run() {
                    row.pace = Pace::Other;
                    self.boot.set(id, NEVER);
                    self.wall.set(id, NEVER);
                    continue;
                }
            }
            self.requeue(id);
        }
    }
}
