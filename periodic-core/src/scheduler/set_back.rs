//! The wall clock was set back: what that does to the tasks which follow it, and what there is to tell of it.

use core::time::Duration;

use super::clocks::SetBack;
use super::output::Output;
use super::row::Row;
use super::{Scheduler, Upto};
use crate::schedule::{NEVER, Timeline};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp};

/// What is less is not told: no task stands still for so long that it would be noticed.
const TOLD: i64 = 1_000_000_000;

/// What is told within this time is told as one.
const TOLD_EACH: Duration = Duration::from_secs(10);

/// So many tasks are told by name.
const NAMED: usize = 5;

/// The wall clock was set back, by a second or more, and there are tasks that follow it.
///
/// Their slots that were decided are not repeated, so they stand still until the clock shows what it has not shown yet;
/// slots that were never decided run. After a correction their schedules begin afresh at the new time instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockSetBack {
    /// By how much in all, since it was told last.
    pub by: Duration,
    /// How often.
    pub times: u64,
    /// What the clock showed then.
    pub wall: Timestamp,
    /// Whether it was more than three hours behind the latest time that it has shown, and so was wrong before.
    pub is_correction: bool,
    /// How many tasks follow the wall clock.
    pub tasks: usize,
    /// Those of them that go on last, with their next slots, the last one first; five at most.
    pub go_on: Vec<(TaskName, Timestamp)>,
}

/// What is to be told, and when it may be.
#[derive(Debug)]
pub(super) struct Telling {
    waits: Option<Box<ClockSetBack>>,
    not_before: Instant,
}

impl Default for Telling {
    fn default() -> Self {
        Self { waits: None, not_before: Instant::from_nanos(i64::MIN) }
    }
}

impl Scheduler {
    /// Takes what there is to tell of a wall clock that was set back.
    ///
    /// The driver says it, once; at most each ten seconds there is something, however often the clock is set.
    #[inline]
    pub fn take_clock_set_back(&mut self) -> Option<ClockSetBack> {
        if self.telling.waits.is_none() || self.now < self.telling.not_before {
            return None;
        }
        self.telling.not_before = self.now + TOLD_EACH;
        self.telling.waits.take().map(|waits| *waits)
    }

    /// Reads both clocks: before anything is decided by them.
    #[inline]
    pub(super) fn read(&mut self, now: Now) -> Now {
        let set_back = self.clocks.take(now);
        let now = self.forward(now);
        if let Some(set_back) = set_back {
            self.set_back(set_back, now);
        }
        now
    }

    #[cold]
    fn set_back(&mut self, set_back: SetBack, now: Now) {
        self.output.set_back_at = now.boot;
        if self.awaits_start || !self.clocks.is_followed {
            // No slot has passed, or none by that clock.
            return;
        }
        self.output.ready.next_batch();
        let (mut tasks, mut go_on) = (0, Vec::new());
        for id in 0..self.rows.len() {
            let Some(row) = self.rows[id].as_mut().filter(|row| row.follows_the_wall()) else { continue };
            if set_back.is_correction {
                // These slots will not come again.
                row.settle(set_back.before, Upto::Including, &mut self.serial, &mut self.output);
            }
            let has_moved = row.set_back(&set_back, now);
            tasks += 1;
            if let Some(next) = row.next_on_the_wall() {
                note(&mut go_on, row, next);
            }
            if has_moved || set_back.is_correction {
                // There are never more rows than `insert` could number.
                self.requeue(u32::try_from(id).unwrap_or(u32::MAX));
            }
        }
        if tasks > 0 && set_back.by >= TOLD {
            let named = go_on.into_iter().map(|(next, id)| (self.name_of(id), Timestamp::from_nanos(next)));
            let go_on = named.collect();
            self.telling.add(set_back, now, tasks, go_on);
        }
    }

    fn name_of(&self, id: u32) -> TaskName {
        let row = self.rows.get(id as usize).and_then(Option::as_ref);
        row.map_or_else(|| TaskName::new("", ""), |row| row.name().clone())
    }
}

/// Keeps the rows that go on last.
fn note(go_on: &mut Vec<(i64, u32)>, row: &Row, next: i64) {
    let place = go_on.partition_point(|(other, _)| *other >= next);
    if place < NAMED {
        go_on.truncate(NAMED - 1);
        go_on.insert(place, (next, row.id));
    }
}

impl Telling {
    fn add(&mut self, set_back: SetBack, now: Now, tasks: usize, go_on: Vec<(TaskName, Timestamp)>) {
        let by = Duration::from_nanos(set_back.by.unsigned_abs());
        let (by, times, was_correction) = self.waits.as_ref().map_or((by, 1, false), |waits| {
            (waits.by.saturating_add(by), waits.times.saturating_add(1), waits.is_correction)
        });
        let is_correction = set_back.is_correction || was_correction;
        let told = ClockSetBack { by, times, wall: now.wall, is_correction, tasks, go_on };
        self.waits = Some(Box::new(told));
    }
}

impl Row {
    /// Whether its schedule lies on the wall clock.
    pub(super) fn follows_the_wall(&self) -> bool {
        self.grid.as_ref().is_some_and(|grid| grid.timeline() == Timeline::Wall)
    }

    fn next_on_the_wall(&self) -> Option<i64> {
        self.grid.as_ref().map(crate::schedule::Grid::next).filter(|next| *next != NEVER)
    }

    /// The wall clock was set back; answers whether its next slot is another one since.
    pub(super) fn set_back(&mut self, set_back: &SetBack, now: Now) -> bool {
        let grid = self.grid.as_mut();
        let has_moved = grid.is_some_and(|grid| grid.set_back(set_back.from, set_back.is_correction));
        if has_moved {
            self.limit_extra(now);
        }
        has_moved
    }

    /// The row as it will be when the clocks are read.
    pub(super) fn seen_set_back(&self, set_back: &SetBack, now: Now) -> Self {
        let mut copy = self.clone();
        if set_back.is_correction && copy.lets_slots_pass() {
            copy.settle_silently(set_back.before, Upto::Including, &mut Output::unread());
        }
        copy.set_back(set_back, now);
        copy
    }
}
