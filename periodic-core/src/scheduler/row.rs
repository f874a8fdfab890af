use std::sync::Arc;

use super::active_run::Active;
use super::effects::Output;
use super::ledger::Tally;
use super::ledger::{LastOk, LastRun};
use super::rare::Rare;
use super::{Counters, Upto};
use crate::schedule::{Grid, NEVER, Slot, SlotKind, Spread, Timeline, follows_its_end};
use crate::spec::{FirstRun, Missed, Overlap, Spacing};
use crate::task::{LeftOut, SkipReason, Task, TaskName};
use crate::time::{Instant, Now};

/// All that the scheduler knows of one task.
///
/// What a simple run reads and writes comes first, and stays together.
#[derive(Clone, Debug)]
#[repr(C)]
pub(super) struct Row {
    pub(super) id: u32,
    pub(super) phase: Phase,
    /// See [`note_whether_simple`](Row::note_whether_simple).
    pub(super) is_simple: bool,
    /// Whether it asks for nothing rare: here, so that a run need not look that up in its declaration.
    pub(super) is_plain: bool,
    /// Whether it has a timeout.
    pub(super) is_bounded: bool,
    /// Whether the first pass found that its calls are futures which need no box: which tasks are async, only calls tell.
    pub(super) waits_in_place: bool,
    /// Whether the last run was simple, and so its slot is the newest that was decided.
    pub(super) last_ran_simply: bool,
    pub(super) paused: bool,
    /// Whether a run ended the schedule with `Next::Never`.
    pub(super) asked_to_stop: bool,
    /// The undecided slots of the schedule; `None` where there are none.
    pub(super) grid: Option<Grid>,
    /// Changed by [`set_task`](Row::set_task) alone.
    pub(super) task: Arc<Task>,
    pub(super) tally: Tally,
    pub(super) starts: u64,
    pub(super) last_ok: LastOk,
    pub(super) last_run: LastRun,
    /// The newest slot of the schedule that was decided, but for those that ran simply.
    decided_slot: Option<Slot>,
    pub(super) rare: Option<Box<Rare>>,
    /// One undecided slot beside them, always before the grid's next.
    pub(super) extra: Option<Box<(Instant, SlotKind)>>,
    /// Runs that are going: started, or decided and waiting for a place.
    pub(super) going: Vec<Active>,
    /// Its place in the table order.
    pub(super) order: u64,
    pub(super) seed: u64,
    overlap: Overlap,
    /// The task as the settings have it, to which a reload compares; `None` for one added at run time.
    pub(super) configured: Option<Arc<Task>>,
}

/// What a task takes of memory in a scheduler, part by part, in bytes. For the benchmarks.
#[doc(hidden)]
pub fn bytes() -> [(&'static str, usize); 6] {
    let row = size_of::<Option<Row>>();
    let known = [
        ("its schedule", size_of::<Option<Grid>>()),
        ("counters and totals", size_of::<Tally>() + size_of::<u64>()),
        ("its last run and slots", size_of::<LastRun>() + size_of::<Option<Slot>>() + size_of::<LastOk>()),
        ("the runs that are going", size_of::<Vec<Active>>()),
    ];
    let rest = row - known.iter().map(|(_, bytes)| bytes).sum::<usize>();
    let [schedule, counters, last, going] = known;
    let handle = size_of::<Task>() + 2 * size_of::<usize>();
    [
        schedule,
        counters,
        last,
        going,
        ("what is rare, its order, rules and handles", rest),
        ("its task, shared", handle),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Active,
    Off(LeftOut),
    Done,
    Stopped,
    /// Removed, with a run still going.
    Removed,
}

/// When a row wants to be looked at.
pub(super) struct Wakes {
    pub(super) boot: i64,
    pub(super) wall: i64,
}

impl Default for Wakes {
    fn default() -> Self {
        Self { boot: NEVER, wall: NEVER }
    }
}

impl Row {
    pub(super) fn new(id: u32, order: u64, task: Arc<Task>, node: &str, now: Now) -> Self {
        let seed = Spread::seed(task.name().as_str(), node);
        let mut row = Self {
            id,
            order,
            overlap: Overlap::default(),
            is_plain: false,
            is_simple: false,
            is_bounded: false,
            waits_in_place: false,
            task,
            configured: None,
            phase: Phase::Active,
            paused: false,
            grid: None,
            extra: None,
            going: Vec::new(),
            tally: Tally::default(),
            last_run: LastRun::None,
            rare: None,
            asked_to_stop: false,
            decided_slot: None,
            last_ran_simply: false,
            last_ok: LastOk::default(),
            starts: 0,
            seed,
        };
        row.read_task();
        match row.task.left_out() {
            Some(reason) => row.phase = Phase::Off(reason),
            None => row.begin(now),
        }
        row
    }

    /// Goes on by another declaration; answers the one before.
    pub(super) fn set_task(&mut self, task: Task) -> Arc<Task> {
        let before = core::mem::replace(&mut self.task, Arc::new(task));
        self.read_task();
        before
    }

    fn read_task(&mut self) {
        let spec = self.task.spec();
        self.overlap = spec.overlap.unwrap_or_default();
        let every_slot_runs = spec.missed.unwrap_or_default() == Missed::default() && spec.grace.is_none();
        let runs_alike = spec.max_runs.is_none() && spec.retry.is_none();
        self.is_plain = every_slot_runs && runs_alike && !follows_its_end(spec);
        self.is_bounded = spec.timeout.is_some();
        self.waits_in_place = false;
    }

    pub(super) fn name(&self) -> &TaskName {
        self.task.name()
    }

    pub(super) fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// The newest slot of the schedule that was decided.
    pub(super) fn last_slot(&self) -> Option<Slot> {
        match &self.last_run {
            LastRun::Well(run) if self.last_ran_simply => Some(run.slot),
            _ => self.decided_slot,
        }
    }

    /// Notes that a slot of the schedule was decided.
    pub(super) fn note_decided(&mut self, slot: Slot) {
        (self.decided_slot, self.last_ran_simply) = (Some(slot), false);
    }

    /// Keeps the newest slot where another run becomes the last one.
    pub(super) fn keep_last_slot(&mut self) {
        (self.decided_slot, self.last_ran_simply) = (self.last_slot(), false);
    }

    /// The undecided slot beside those of the schedule.
    pub(super) fn extra(&self) -> Option<(Instant, SlotKind)> {
        self.extra.as_deref().copied()
    }

    /// The slot that `queue` or `replace` holds until the run has ended.
    pub(super) fn held(&self) -> Option<Slot> {
        self.rare.as_ref().and_then(|rare| rare.held)
    }

    pub(super) fn counters(&self) -> Counters {
        self.rare.as_ref().map_or_else(Counters::default, |rare| rare.counters).with(self.tally)
    }

    /// Starts the schedule: at the service's start, or when the task is added or enabled.
    pub(super) fn begin(&mut self, now: Now) {
        let spec = self.task.spec();
        let Some(mut grid) = Grid::starting(spec, self.task.zone(), self.seed, now) else {
            self.phase = Phase::Off(LeftOut::Negative);
            return;
        };
        if follows_its_end(spec) && !self.going.is_empty() {
            // A run from before it was disabled: its end says when the next slot is.
            grid.suspend();
        } else if spec.first == FirstRun::Immediately {
            let kind = match grid.timeline() {
                Timeline::Boot => SlotKind::Scheduled,
                Timeline::Wall => SlotKind::Extra,
            };
            self.extra = Some(Box::new((now.boot, kind)));
        }
        self.grid = Some(grid);
        self.phase = Phase::Active;
        self.starts = 0;
        self.asked_to_stop = false;
    }

    /// Starts the schedule at `now` if it has decided nothing yet.
    pub(super) fn begin_anew(&mut self, now: Now) {
        // A trigger may have come before the start; a task that follows its own end then waits for that run's.
        let waits = follows_its_end(self.task.spec()) && !self.going.is_empty();
        if self.phase == Phase::Active && self.last_slot().is_none() && !waits {
            self.begin(now);
        }
    }

    /// When to look at this row next: where a slot would change nothing before a run ends or a control comes,
    /// not at all.
    #[inline]
    pub(super) fn wakes(&self) -> Wakes {
        if let (Some(grid), Phase::Active, None) = (&self.grid, self.phase, &self.extra)
            && self.going.is_empty()
            && !self.paused
        {
            let due = grid.due();
            return match grid.timeline() {
                Timeline::Boot => Wakes { boot: due, wall: NEVER },
                Timeline::Wall => Wakes { boot: NEVER, wall: due },
            };
        }
        if self.waits_for_its_run() {
            return Wakes::default();
        }
        self.wakes_in_general()
    }

    /// Whether it wants nothing before its only run has ended.
    #[inline]
    pub(super) fn waits_for_its_run(&self) -> bool {
        matches!(
            (self.going.as_slice(), self.is_plain, self.overlap),
            ([Active { retries: None, .. }], true, Overlap::Skip)
        )
    }

    fn wakes_in_general(&self) -> Wakes {
        let mut wakes = Wakes::default();
        if let Some(due) = self.next_retry() {
            wakes.boot = due.as_nanos();
        }
        if self.phase != Phase::Active || self.lets_slots_pass() {
            return wakes;
        }
        if let Some((at, _)) = self.extra() {
            wakes.boot = wakes.boot.min(at.as_nanos());
        }
        if let Some(grid) = &self.grid {
            // The slot itself ends the wait for a retry, not the run that its jitter moves.
            let due = if self.awaits_retry() { grid.next() } else { grid.due() };
            match grid.timeline() {
                Timeline::Boot => wakes.boot = wakes.boot.min(due),
                Timeline::Wall => wakes.wall = due,
            }
        }
        wakes
    }

    /// Whether slots that are due change nothing before a run ends or a control comes.
    pub(super) fn lets_slots_pass(&self) -> bool {
        let replaces = self.overlap == Overlap::Replace && self.held().is_none();
        self.paused || (self.is_saturated() && !replaces && !self.awaits_retry())
    }

    /// Whether its next slot begins where its last run ends.
    pub(super) fn follows_its_end(&self) -> bool {
        !self.is_plain && follows_its_end(self.task.spec())
    }

    pub(super) fn overlap(&self) -> Overlap {
        self.overlap
    }

    /// Whether as many runs are going as may.
    pub(super) fn is_saturated(&self) -> bool {
        let capacity = match self.overlap {
            Overlap::Allow(most) => most.max(1) as usize,
            _ => 1,
        };
        self.going.len() >= capacity
    }

    /// Whether an older run may end after a newer one.
    pub(super) fn may_end_out_of_order(&self) -> bool {
        matches!(self.overlap, Overlap::Allow(_))
    }

    pub(super) fn is_over(&self) -> bool {
        self.phase != Phase::Active && self.going.is_empty()
    }

    pub(super) fn is_gone(&self) -> bool {
        self.phase == Phase::Removed && self.going.is_empty()
    }

    /// Whether the task has started as often as it may.
    pub(super) fn has_started_enough(&self) -> bool {
        self.task.spec().max_runs.is_some_and(|most| self.starts >= most.get())
    }

    /// Changes the spacing of the grid.
    pub(super) fn respace(&mut self, spacing: Spacing, now: Now) {
        let decided = self.has_decided_now(now);
        let Some(grid) = &mut self.grid else { return };
        grid.respace(spacing, now, decided);
        self.limit_extra(now);
    }

    /// Goes on by another kind of schedule, which the task has by now.
    pub(super) fn reschedule(&mut self, now: Now) {
        if self.grid.is_none() {
            return;
        }
        let decided = self.has_decided_now(now);
        self.grid = Grid::rescheduled(self.task.spec(), self.task.zone(), self.seed, now, decided);
        if let Some(grid) = &mut self.grid
            && follows_its_end(self.task.spec())
            && !self.going.is_empty()
        {
            grid.suspend();
        }
        self.limit_extra(now);
    }

    /// Whether a slot of this very moment was decided.
    fn has_decided_now(&self, now: Now) -> bool {
        let (kind, at, scheduled) = (SlotKind::Scheduled, now.boot, now.wall);
        self.last_slot() == Some(Slot { kind, at, scheduled })
    }

    /// A run's wish for one slot more holds only before the schedule's next.
    pub(super) fn limit_extra(&mut self, now: Now) {
        let Some(grid) = &self.grid else { return };
        let next = grid.timeline().slot(grid.next(), now).at;
        self.extra.take_if(|extra| extra.0 > now.boot && extra.0 >= next);
    }

    /// Adds one slot at `at`, if it lies before the schedule's next.
    pub(super) fn ask_for(&mut self, at: Instant, now: Now) {
        let Some(grid) = self.grid.as_mut().filter(|_| self.phase == Phase::Active) else { return };
        let next = grid.timeline().slot(grid.next(), now).at;
        // Of several wishes the earliest holds; the first run of all is none of them and comes before any.
        if at < next && self.extra().is_none_or(|(extra, _)| at < extra) {
            self.extra = Some(Box::new((at, SlotKind::Extra)));
        }
    }

    /// Ends the schedule. What waits is skipped for `reason`; what runs goes on.
    pub(super) fn end(&mut self, phase: Phase, reason: SkipReason, now: Now, output: &mut Output) {
        self.drop_waiting(reason, now, output);
        self.grid = None;
        self.extra = None;
        self.phase = phase;
    }

    pub(super) fn stop(&mut self, now: Now, serial: &mut u64, output: &mut Output) {
        self.settle(now, Upto::Before, serial, output);
        let phase = if self.phase == Phase::Active { Phase::Stopped } else { self.phase };
        self.end(phase, SkipReason::Stopping, now, output);
        self.ask_to_end(false, output);
    }

    /// Gives a task that follows its own end a next slot, where the run that would have set it was dropped.
    pub(super) fn rearm(&mut self, now: Now) {
        let waits = follows_its_end(self.task.spec()) && self.going.is_empty();
        if let Some(grid) = self.grid.as_mut().filter(|grid| waits && grid.is_suspended()) {
            grid.restart_at(now.boot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_of_them_are_not_much() {
        assert!(size_of::<Option<Row>>() <= 256, "{}", size_of::<Option<Row>>());
    }
}
