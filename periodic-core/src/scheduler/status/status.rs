use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use crate::schedule::Slot;
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::clocks::SetBack;
use crate::scheduler::effects::Effects;
use crate::scheduler::error::ControlError;
use crate::scheduler::ledger::{Attempt, Counters, SlotRecord};
use crate::scheduler::limit::Limits;
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::run_state::RunState;
use crate::scheduler::scheduler::Scheduler;
use crate::scheduler::visit::{Upto, Visit};
use crate::spec::{Overlap, TaskSpec};
use crate::task::{Cancellation, LeftOut, Task, TaskName};
use crate::time::{Instant, Now};

/// The state of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskState {
    /// The task waits for its next slot.
    Idle,
    /// At least one run is active, or waits for its start or its retry.
    Going,
    /// The task is paused; an earlier run may still be active.
    Paused,
    /// The task has no slots, for this reason.
    LeftOut(LeftOut),
    /// The task is done in this process.
    Done,
    /// The service is being stopped.
    Stopped,
}

impl fmt::Display for TaskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idle => "idle",
            Self::Going => "going",
            Self::Paused => "paused",
            Self::LeftOut(reason) => return write!(f, "left out: {reason}"),
            Self::Done => "done",
            Self::Stopped => "stopped",
        })
    }
}

/// One active run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunStatus {
    /// Its slot.
    pub slot: Slot,
    /// When the current attempt started; `None` while it waits for a permit or for its retry.
    pub started: Option<Instant>,
    /// The number of that attempt, from 1.
    pub attempt: u32,
    /// When that attempt is due, while it waits for its retry.
    pub retry_at: Option<Instant>,
    /// The last attempt before it, which failed.
    pub failed: Option<Attempt>,
    /// The progress note of the run.
    pub progress: Option<Arc<str>>,
    /// Whether its outcome is recorded although the run could not be ended.
    pub abandoned: bool,
}

/// The status of one task.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::{SchedulerOptions, Scheduler, TaskState};
/// use periodic_core::task::{Task, TaskName, TaskSpec};
/// use periodic_core::time::{Instant, Now, Timestamp};
///
/// let now = Now { boot: Instant::ZERO, wall: Timestamp::from_secs(1_767_225_600) };
/// let mut scheduler = Scheduler::empty(SchedulerOptions::default(), now);
/// scheduler.add(Task::new(TaskName::new("Manager", "poll")?, TaskSpec::new("poll")), now)?;
///
/// let status = scheduler.status_of("poll", now)?;
/// assert_eq!(status.state, TaskState::Idle);
/// assert_eq!(status.due_in.unwrap().as_secs(), 60);
/// assert_eq!(status.counters.runs, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskStatus {
    /// The task with the settings in force.
    pub task: Arc<Task>,
    /// Its state.
    pub state: TaskState,
    /// Its next slot, jitter not counted; `None` where a run or a control must come first.
    pub next: Option<Slot>,
    /// When that slot's run is due, jitter counted.
    pub due: Option<Instant>,
    /// The time until `due`.
    pub due_in: Option<Duration>,
    /// The newest decided slot of its schedule.
    pub last_slot: Option<Slot>,
    /// Its active runs.
    pub going: Vec<RunStatus>,
    /// The last outcome, that of a skipped slot included.
    pub last: Option<SlotRecord>,
    /// The last run that ended, successful or not. The record of a successful run holds the task in force.
    pub last_run: Option<SlotRecord>,
    /// The last run that failed, panicked or exceeded its timeout; successful runs do not clear it.
    pub last_failure: Option<SlotRecord>,
    /// Whether the task is done because a run answered [`Next::Never`](crate::task::Next::Never).
    pub ended_by_run: bool,
    /// The counts of its slots by outcome. Slots that pass during a pause or a run are counted at once.
    pub counters: Counters,
}

impl TaskStatus {
    /// Returns the task's full name.
    pub fn name(&self) -> &TaskName {
        self.task.name()
    }

    /// Returns the declaration in force.
    pub fn spec(&self) -> &TaskSpec {
        self.task.spec()
    }
}

impl Scheduler {
    /// Returns the status of every task, in table order. Changes nothing.
    pub fn status(&self, now: Now) -> Vec<TaskStatus> {
        let mut ids = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter().flatten() {
            if row.phase != Phase::Removed {
                ids.push(row.id.place);
            }
        }
        self.put_in_table_order(&mut ids);
        let mut status = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(row) = &self.rows[id as usize] {
                status.push(self.status_of_row(row, now));
            }
        }
        status
    }

    /// Returns the status of one task. Changes nothing.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn status_of(&self, name: &str, now: Now) -> Result<TaskStatus, ControlError> {
        Ok(self.status_of_row(self.row(name)?, now))
    }

    /// Returns a task with the settings in force.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn task(&self, name: &str) -> Result<&Arc<Task>, ControlError> {
        Ok(&self.row(name)?.task)
    }

    fn row(&self, name: &str) -> Result<&Row, ControlError> {
        let id = self.find(name)?;
        let row = self.rows[id as usize].as_ref();
        row.ok_or_else(|| ControlError::unknown(name))
    }

    pub(super) fn status_of_row(&self, row: &Row, now: Now) -> TaskStatus {
        let now = self.clocks.counts(now);
        let (set_back, now) = (self.clocks.seen(now), self.at(now));
        if self.awaits_start {
            // The status is as if the tasks began now: earlier times are no slots.
            let mut begun = row.clone();
            begun.begin_anew(now);
            return begun.status(now);
        }
        match set_back {
            // The next poll will leave the row in this state.
            Some(set_back) if row.follows_the_wall() => row.seen_set_back(&set_back, now).status(now),
            _ => row.status(now),
        }
    }

    fn at(&self, now: Now) -> Now {
        Now { boot: self.now.max(now.boot), wall: now.wall }
    }

    /// Returns the active runs of all tasks, in no particular order. Decides no slots, and costs little even with many
    /// tasks.
    pub fn active_runs(&self) -> impl Iterator<Item = (&Arc<Task>, RunStatus)> {
        self.rows.iter().flatten().flat_map(|row| row.going.iter().map(|run| (&row.task, run_status(run))))
    }
}

impl Row {
    fn status(&self, now: Now) -> TaskStatus {
        // Slots that pass during a pause or a long run are recorded at its end. To count them before, a copy of the
        // row is settled, so that reading the status never changes the records.
        let settled = if self.lets_slots_pass() { &self.settled(now) } else { self };
        let next = settled.next_slot(now);
        let (cold, last_run) = (self.cold.as_deref(), self.last_run.record(&self.task));
        TaskStatus {
            task: Arc::clone(&self.task),
            state: match self.phase {
                Phase::Off(reason) => TaskState::LeftOut(reason),
                Phase::Stopped | Phase::Removed => TaskState::Stopped,
                Phase::Active if self.paused => TaskState::Paused,
                _ if !self.going.is_empty() => TaskState::Going,
                Phase::Active => TaskState::Idle,
                Phase::Done => TaskState::Done,
            },
            next: next.map(|(slot, _)| slot),
            due: next.map(|(_, due)| due),
            due_in: next.map(|(_, due)| due - now.boot),
            last_slot: settled.last_slot(),
            going: self.going.iter().map(run_status).collect(),
            last: cold.and_then(|cold| cold.last_passed.clone()).or_else(|| last_run.clone()),
            last_run,
            last_failure: cold.and_then(|cold| cold.last_failure.clone()),
            ended_by_run: self.ended_by_run,
            counters: settled.counters(),
        }
    }

    /// Returns a copy of the row in its state after the clocks are read.
    fn seen_set_back(&self, set_back: &SetBack, now: Now) -> Self {
        let mut copy = self.clone();
        if copy.lets_slots_pass() {
            copy.settle_silently(set_back.before, Upto::Including);
        }
        copy.set_back(set_back, now);
        copy
    }

    fn settled(&self, now: Now) -> Self {
        let mut copy = self.clone();
        copy.settle_silently(now, Upto::Before);
        copy
    }

    /// Decides the passed slots of a copy of a row, without effects.
    fn settle_silently(&mut self, now: Now, upto: Upto) {
        if self.paused || self.overlap() != Overlap::Replace {
            let (serial, limits, effects) = (&mut 0, &mut Limits::uncounted(), &mut Effects::unread());
            let mut visit = Visit { now, serial, limits, effects };
            self.settle(&mut visit, upto);
        }
    }

    /// Returns the next slot and the instant at which its run is due.
    fn next_slot(&self, now: Now) -> Option<(Slot, Instant)> {
        if let Some((at, kind)) = self.extra() {
            return Some((Slot { kind, at, scheduled: now.wall_at(at) }, at));
        }
        let grid = self.grid.as_ref().filter(|grid| !grid.is_suspended())?;
        let slot = grid.timeline().slot(grid.next(), now);
        Some((slot, grid.timeline().slot(grid.due(), now).at))
    }
}

pub(super) fn run_status(active: &ActiveRun) -> RunStatus {
    let (started, progress, abandoned) = match &active.state {
        RunState::Waiting | RunState::HandedOut { .. } | RunState::BackingOff => (None, None, false),
        RunState::Running { started, signals, .. } => {
            (Some(*started), signals.as_ref().and_then(Cancellation::note), false)
        }
        RunState::Abandoned { started, .. } => (Some(*started), None, true),
    };
    RunStatus {
        slot: active.slot,
        started,
        attempt: active.attempt(),
        retry_at: active.retry_due(),
        failed: active.failed().last().cloned(),
        progress,
        abandoned,
    }
}
