use std::collections::VecDeque;
use std::sync::Arc;

use super::active::Active;
use super::output::Output;
use super::{Counters, SlotRecord, Upto};
use crate::schedule::{Grid, NEVER, Spread, Timeline, follows_its_end};
use crate::table::{LeftOut, Task};
use crate::task::{FirstRun, Outcome, Overlap, SkipReason, Slot, SlotKind, Spacing};
use crate::time::{Instant, Now, Timestamp};

/// All that the scheduler knows of one task.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: u32,
    /// Its place in the table order.
    pub(super) order: u64,
    pub(super) task: Arc<Task>,
    /// The task as the settings have it, to which a reload compares; `None` for one added at run time.
    pub(super) configured: Option<Arc<Task>>,
    pub(super) phase: Phase,
    pub(super) paused: bool,
    /// The undecided slots of the schedule; `None` where there are none.
    pub(super) grid: Option<Grid>,
    /// One undecided slot beside them, always before the grid's next.
    pub(super) extra: Option<(Instant, SlotKind)>,
    /// Runs that are going: started, or decided and waiting for a place.
    pub(super) going: Vec<Active>,
    /// The slot that `queue` or `replace` holds until the run has ended.
    pub(super) held: Option<Slot>,
    /// What `missed = all` has yet to run.
    pub(super) backlog: VecDeque<Slot>,
    pub(super) counters: Counters,
    /// The last slot that ended without a run, if that was after the last run; boxed, like failures, because most
    /// tasks have none.
    pub(super) last_passed: Option<Box<SlotRecord>>,
    pub(super) last_run: Option<SlotRecord>,
    pub(super) last_failure: Option<Box<SlotRecord>>,
    /// Whether a run ended the schedule with `Next::Never`.
    pub(super) asked_to_stop: bool,
    /// The newest slot of the schedule that was decided.
    pub(super) last_slot: Option<Slot>,
    pub(super) last_ok: Option<Timestamp>,
    pub(super) starts: u64,
    pub(super) manual: u64,
    seed: u64,
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
            task,
            configured: None,
            phase: Phase::Active,
            paused: false,
            grid: None,
            extra: None,
            going: Vec::new(),
            held: None,
            backlog: VecDeque::new(),
            counters: Counters::default(),
            last_passed: None,
            last_run: None,
            last_failure: None,
            asked_to_stop: false,
            last_slot: None,
            last_ok: None,
            starts: 0,
            manual: 0,
            seed,
        };
        match row.task.left_out() {
            Some(reason) => row.phase = Phase::Off(reason),
            None => row.begin(now),
        }
        row
    }

    /// Starts the schedule: at the service's start, or when the task is added or enabled.
    pub(super) fn begin(&mut self, now: Now) {
        let spec = self.task.spec();
        let Some(mut grid) = Grid::starting(spec, self.seed, now) else {
            self.phase = Phase::Off(LeftOut::Negative);
            return;
        };
        if follows_its_end(spec) && !self.going.is_empty() {
            // A run from before it was disabled: its end says when the next slot is.
            grid.suspend();
        } else if spec.first == FirstRun::Immediately {
            let kind = match grid.timeline {
                Timeline::Boot => SlotKind::Scheduled,
                Timeline::Wall => SlotKind::Extra,
            };
            self.extra = Some((now.boot, kind));
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
        if self.phase == Phase::Active && self.last_slot.is_none() && !waits {
            self.begin(now);
        }
    }

    /// When to look at this row next: where a slot would change nothing before a run ends or a control comes,
    /// not at all.
    pub(super) fn wakes(&self) -> Wakes {
        let mut wakes = Wakes::default();
        let replaces = self.overlap() == Overlap::Replace && self.held.is_none();
        if self.phase != Phase::Active || self.paused || (self.is_saturated() && !replaces) {
            return wakes;
        }
        if let Some((at, _)) = self.extra {
            wakes.boot = at.as_nanos();
        }
        if let Some(grid) = &self.grid {
            match grid.timeline {
                Timeline::Boot => wakes.boot = wakes.boot.min(grid.due()),
                Timeline::Wall => wakes.wall = grid.due(),
            }
        }
        wakes
    }

    pub(super) fn overlap(&self) -> Overlap {
        self.task.spec().overlap.unwrap_or_default()
    }

    /// Whether as many runs are going as may.
    pub(super) fn is_saturated(&self) -> bool {
        let capacity = match self.overlap() {
            Overlap::Allow(most) => most.max(1) as usize,
            _ => 1,
        };
        self.going.len() >= capacity
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
        let Some(grid) = &mut self.grid else { return };
        grid.respace(spacing, now);
        // A run's wish for one slot more holds only before the schedule's next.
        let next = grid.timeline.slot(grid.next(), now).at;
        self.extra.take_if(|(at, _)| *at > now.boot && *at >= next);
    }

    /// Adds one slot at `at`, if it lies before the schedule's next.
    pub(super) fn ask_for(&mut self, at: Instant, now: Now) {
        let Some(grid) = self.grid.as_mut().filter(|_| self.phase == Phase::Active) else { return };
        let next = grid.timeline.slot(grid.next(), now).at;
        // Of several wishes the earliest holds; the first run of all is none of them and comes before any.
        if at < next && self.extra.is_none_or(|(extra, _)| at < extra) {
            self.extra = Some((at, SlotKind::Extra));
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
        if let Some(grid) = self.grid.as_mut().filter(|grid| self.going.is_empty() && grid.is_suspended()) {
            grid.restart_at(now.boot);
        }
    }

    pub(super) fn record_run(
        &mut self,
        slot: Slot,
        turn: Instant,
        started: Instant,
        outcome: Outcome,
        now: Now,
        output: &mut Output,
    ) {
        if outcome == Outcome::Ok {
            self.last_ok = self.last_ok.max(Some(slot.scheduled));
        }
        // A slot that took over an older one's turn was itself not due before its own time.
        self.counters.add_times(started - turn.max(slot.at), now.boot - started);
        let record = SlotRecord {
            task: Arc::clone(&self.task),
            first: slot,
            last: slot,
            count: 1,
            outcome,
            started: Some(started),
            decided: now.boot,
        };
        self.record(record, output);
    }

    pub(super) fn record_skip(
        &mut self,
        first: Slot,
        last: Slot,
        count: u64,
        outcome: Outcome,
        now: Now,
        output: &mut Output,
    ) {
        let task = Arc::clone(&self.task);
        self.record(
            SlotRecord { task, first, last, count, outcome, started: None, decided: now.boot },
            output,
        );
    }

    fn record(&mut self, record: SlotRecord, output: &mut Output) {
        self.counters.count(&record.outcome, record.count);
        if record.started.is_none() {
            self.last_passed = Some(Box::new(record.clone()));
        } else {
            if matches!(record.outcome, Outcome::Failed(_) | Outcome::Panicked(_) | Outcome::TimedOut) {
                self.last_failure = Some(Box::new(record.clone()));
            }
            self.last_run = Some(record.clone());
            self.last_passed = None;
        }
        output.records.push_back(record);
    }
}
