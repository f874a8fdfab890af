use core::time::Duration;
use std::collections::VecDeque;

use super::fold::Fold;
use super::names::Names;
use super::process::{Plan, Process, plan};
use super::runs::{Due, Going, Runs};
use super::script::Script;
use super::walls::Walls;
use super::{Refused, ScriptEvent, SimRecord, Takes};
use crate::scheduler::{ClockSetBack, ControlError, Scheduler, SchedulerOptions, SlotRecord};
use crate::table::TaskTable;
use crate::task::{Ended, Outcome, SkipReason, Task, TaskName};
use crate::time::{Instant, Now};

/// The world of the scheduler: its clocks, its runs, and the runner that drives it.
///
/// Time moves from one event to the next: the runner's next wake-up, the end of a run, an event of the script.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) table: TaskTable,
    pub(super) added: Vec<Task>,
    pub(super) options: SchedulerOptions,
    /// `None` if runs may take any time after a stop.
    pub(super) grace: Option<Duration>,
    pub(super) takes: Vec<(String, Takes)>,
    pub(super) script: VecDeque<(Instant, ScriptEvent)>,
    pub(super) scheduler: Scheduler,
    pub(super) process: Process,
    /// The time at which the runner wakes by itself.
    pub(super) wake_at: Instant,
    /// Whether an inline run holds the runner.
    pub(super) held: bool,
    pub(super) runs: Runs,
    /// By the index of a task's name.
    pub(super) plans: Vec<Plan>,
    /// The index of a task's name, by the scheduler's number of the task.
    pub(super) places: Vec<usize>,
    pub(super) names: Names,
    pub(super) now: Now,
    pub(super) walls: Walls,
    pub(super) end: Instant,
    /// Records of a process that has ended.
    pub(super) left: VecDeque<SlotRecord>,
    pub(super) refused: Vec<Refused>,
    pub(super) set_backs: Vec<ClockSetBack>,
    pub(super) unfinished: u64,
    pub(super) over: bool,
}

impl Engine {
    pub(super) fn new(script: Script, length: Duration) -> Self {
        let events =
            script.in_order().map(|(at, event)| (Instant::ZERO + at.length(), event.clone())).collect();
        let start = Now::new(Instant::ZERO, script.start.0.unwrap_or_default());
        let grace = Some(script.grace.length()).filter(|grace| !grace.is_zero());
        let mut engine = Self {
            scheduler: Scheduler::empty(script.options.clone(), start),
            table: script.table.unwrap_or_default(),
            added: script.added,
            options: script.options,
            grace,
            takes: script.takes,
            script: events,
            process: Process::Up,
            wake_at: start.boot,
            held: false,
            runs: Runs::default(),
            plans: Vec::new(),
            places: Vec::new(),
            names: Names::default(),
            now: start,
            walls: Walls::new(start),
            end: start.boot + length,
            left: VecDeque::new(),
            refused: Vec::new(),
            set_backs: Vec::new(),
            unfinished: 0,
            over: false,
        };
        engine.begin();
        engine
    }

    pub(super) fn now(&self) -> Now {
        self.now
    }

    pub(super) fn names(&self) -> &[TaskName] {
        self.names.all()
    }

    /// Returns the next record: the outcome of one slot, or of several equal ones.
    pub(super) fn take_record(&mut self) -> Option<SimRecord> {
        loop {
            let record = self.left.pop_front().or_else(|| self.scheduler.take_record())?;
            // A slot that has started and has a record by now was waiting for its retry.
            let is_open =
                record.outcome == Outcome::Skipped(SkipReason::Stopping) || record.started.is_some();
            if self.over && is_open {
                // The end of the simulation is no event of the service.
                self.unfinished += record.count;
                continue;
            }
            let task = self.names.of(&record.task);
            let started = record.started.map(|at| self.walls.at(at));
            let ended = self.walls.at(record.decided);
            return Some(SimRecord { slot: record, task, started, ended });
        }
    }

    /// Advances to the next instant with an event, and plays it.
    pub(super) fn step<F: Fold>(&mut self, fold: &mut F) {
        let next = self.next_instant();
        if next >= self.end {
            return self.finish();
        }
        self.now = self.now.after(next - self.now.boot);
        let mut awake = self.wake_at <= self.now.boot;
        while let Some(due) = self.runs.pop_due(self.now.boot) {
            awake = true;
            match due {
                Due::Ends(run) => self.ended(run, fold),
                Due::GivesUp(id) => self.scheduler.abandon(id, Outcome::TimedOut, self.now),
            }
        }
        while let Some((_, event)) = self.script.pop_front_if(|(at, _)| *at <= self.now.boot) {
            awake |= self.happens(&event);
        }
        match self.process {
            Process::Stopping { cut_at, .. } if cut_at <= self.now.boot => self.cut(fold),
            Process::Down { up_at } if up_at <= self.now.boot => {
                self.begin();
                awake = true;
            }
            _ => {}
        }
        if awake {
            self.serve(fold);
        }
    }

    pub(super) fn next_instant(&self) -> Instant {
        let mut next = self.runs.next();
        if let Some((at, _)) = self.script.front() {
            next = next.min(*at);
        }
        match self.process {
            Process::Up => {}
            Process::Stopping { cut_at: at, .. } | Process::Down { up_at: at } => next = next.min(at),
        }
        if self.held || matches!(self.process, Process::Down { .. }) { next } else { next.min(self.wake_at) }
    }

    /// Ends the simulation, and records the slots that passed without a record because nothing depended on them.
    fn finish(&mut self) {
        self.now = self.now.after(self.end - self.now.boot);
        self.over = true;
        self.unfinished = self.scheduler.running() as u64;
        self.scheduler.stop(self.now);
    }
}

/// The service's process: its start and its stop.
impl Engine {
    /// Starts a process.
    pub(super) fn begin(&mut self) {
        self.left.extend(core::iter::from_fn(|| self.scheduler.take_record()));
        self.names.forget();
        self.scheduler = Scheduler::new(self.table.clone(), self.options.clone(), self.now);
        self.places.clear();
        for task in self.table.tasks() {
            let place = plan(task, &mut self.names, &mut self.plans, &self.takes);
            self.places.push(place);
        }
        for task in self.added.clone() {
            // A duplicate name was refused when the script was checked.
            let _ = self.add(task);
        }
        self.process = Process::Up;
        self.wake_at = self.now.boot;
    }

    pub(super) fn add(&mut self, task: Task) -> Result<(), ControlError> {
        let place = plan(&task, &mut self.names, &mut self.plans, &self.takes);
        let id = self.scheduler.add(task, self.now)?.place as usize;
        if id >= self.places.len() {
            self.places.resize(id + 1, 0);
        }
        self.places[id] = place;
        Ok(())
    }

    pub(super) fn stop(&mut self, downtime: Option<Duration>) -> Result<(), ControlError> {
        if self.process != Process::Up {
            return Err(ControlError::Stopping);
        }
        self.scheduler.stop(self.now);
        let cut_at = self.grace.map_or(Instant::MAX, |grace| self.now.boot + grace);
        self.process = Process::Stopping { cut_at, downtime };
        Ok(())
    }

    /// Ends all runs: the grace time is over.
    pub(super) fn cut<F: Fold>(&mut self, fold: &mut F) {
        let Process::Stopping { downtime, .. } = self.process else { return };
        self.held = false;
        for run in self.runs.clear() {
            let blocking = run.blocking;
            let (id, run) = (run.id, Going { ended: Ended::Cancelled, ..run });
            if blocking {
                // It ends now, with its process.
                self.scheduler.abandon(id, Outcome::Cancelled, self.now);
            }
            self.ended(run, fold);
        }
        self.down(downtime);
    }

    pub(super) fn down(&mut self, downtime: Option<Duration>) {
        let up_at = downtime.map_or(Instant::MAX, |downtime| self.now.boot + downtime);
        self.process = Process::Down { up_at };
    }
}
