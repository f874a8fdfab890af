use core::time::Duration;
use std::collections::VecDeque;

use super::check::in_order;
use super::event::What;
use super::fold::{Fold, SimRun};
use super::names::Names;
use super::runs::{Due, Going, Runs};
use super::takes::Draws;
use super::walls::Walls;
use super::{Event, Refused, SimRecord, Simulation, Takes};
use crate::schedule::Spread;
use crate::scheduler::{ControlError, Options, RunId, Scheduler, SlotRecord};
use crate::table::{Task, TaskTable, names};
use crate::task::{Ended, Execution, Outcome, SkipReason, Slot, TaskName};
use crate::time::{Instant, Now, Timestamp};

/// The world in which the scheduler runs: its clocks, its runs, and the runner that drives it.
///
/// Time goes from one event to the next: the runner's next look, the end of a run, an event of the script.
#[derive(Debug)]
pub(super) struct Engine {
    table: TaskTable,
    added: Vec<Task>,
    options: Options,
    /// `None` if runs may go on as long as they want.
    grace: Option<Duration>,
    takes: Vec<(String, Takes)>,
    script: VecDeque<(Instant, Event)>,
    scheduler: Scheduler,
    process: Process,
    /// When the runner looks again by itself.
    wake_at: Instant,
    /// Whether an inline run holds the runner.
    held: bool,
    runs: Runs,
    /// By the place of a task's name.
    plans: Vec<Plan>,
    /// The place of a task's name, by the scheduler's number of the task.
    places: Vec<usize>,
    names: Names,
    now: Now,
    walls: Walls,
    end: Instant,
    /// Records of a process that has ended.
    left: VecDeque<SlotRecord>,
    pub(super) refused: Vec<Refused>,
    pub(super) unfinished: u64,
    pub(super) over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Process {
    Up,
    /// Its runs have until then to end, and so long after its end it is started anew.
    Stopping {
        cut_at: Instant,
        downtime: Option<Duration>,
    },
    Down {
        up_at: Instant,
    },
}

/// What the simulation knows of a task.
#[derive(Debug)]
struct Plan {
    execution: Execution,
    timeout: Option<Duration>,
    draws: Draws,
}

impl Engine {
    pub(super) fn new(simulation: Simulation, length: Duration) -> Self {
        let script =
            in_order(&simulation).map(|(at, event)| (Instant::ZERO + at.length(), event.clone())).collect();
        let start = Now::new(Instant::ZERO, simulation.start.0.unwrap_or_default());
        let grace = Some(simulation.grace.length()).filter(|grace| !grace.is_zero());
        let mut engine = Self {
            scheduler: Scheduler::empty(simulation.options.clone(), start),
            table: simulation.table.unwrap_or_default(),
            added: simulation.added,
            options: simulation.options,
            grace,
            takes: simulation.takes,
            script,
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

    /// Takes what became of one slot, or of several equal ones.
    pub(super) fn take_record(&mut self) -> Option<SimRecord> {
        loop {
            let record = self.left.pop_front().or_else(|| self.scheduler.take_record())?;
            if self.over && record.outcome == Outcome::Skipped(SkipReason::Stopping) {
                // That the simulation ends is no event of the service.
                self.unfinished += record.count;
                continue;
            }
            let task = self.names.of(&record.task);
            let started = record.started.map(|at| self.walls.at(at));
            let ended = self.walls.at(record.decided);
            return Some(SimRecord { slot: record, task, started, ended });
        }
    }

    /// Goes to the next instant at which something happens, and lets it happen.
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
                Due::GivesUp(id) => self.scheduler.abandoned(id, Outcome::TimedOut, self.now),
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

    fn next_instant(&self) -> Instant {
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

    /// Starts a process.
    fn begin(&mut self) {
        self.left.extend(core::iter::from_fn(|| self.scheduler.take_record()));
        self.names.forget();
        self.scheduler = Scheduler::new(self.table.clone(), self.options.clone(), self.now);
        self.places.clear();
        for task in self.table.tasks() {
            let place = plan(task, &mut self.names, &mut self.plans, &self.takes);
            self.places.push(place);
        }
        for task in self.added.clone() {
            // A name that is taken was refused when the script was checked.
            let _ = self.add(task);
        }
        self.process = Process::Up;
        self.wake_at = self.now.boot;
    }

    fn add(&mut self, task: Task) -> Result<(), ControlError> {
        let place = plan(&task, &mut self.names, &mut self.plans, &self.takes);
        let id = self.scheduler.add(task, self.now)?.0 as usize;
        if id >= self.places.len() {
            self.places.resize(id + 1, 0);
        }
        self.places[id] = place;
        Ok(())
    }

    /// What the runner does when it is awake: decides what is due, ends what is replaced, starts what may start.
    fn serve<F: Fold>(&mut self, fold: &mut F) {
        if self.held || matches!(self.process, Process::Down { .. }) {
            return;
        }
        loop {
            let tick = self.scheduler.poll(self.now);
            if let Process::Stopping { downtime, .. } = self.process
                && self.scheduler.running() == 0
            {
                return self.down(downtime);
            }
            let mut busy = false;
            while let Some(id) = self.scheduler.take_cancelled() {
                // Its end may have been reported in the meantime.
                if let Some(run) = self.runs.remove(id) {
                    busy = true;
                    self.ended(Going { ended: Ended::Cancelled, ..run }, fold);
                }
            }
            busy |= self.start_ready(fold);
            if !busy {
                self.wake_at = tick.wake_at;
                return;
            }
            self.wake_at = self.scheduler.wake_at(self.now);
            let again = self.wake_at <= self.now.boot
                || self.scheduler.ready() > 0
                || self.scheduler.has_cancelled()
                || self.process != Process::Up;
            if self.held || !again {
                return;
            }
        }
    }

    /// Starts what may start, up to the first inline run that takes time; answers whether there was something.
    fn start_ready<F: Fold>(&mut self, fold: &mut F) -> bool {
        let mut busy = false;
        while !self.held
            && let Some((id, slot)) = self.scheduler.hand_out_silently(self.now)
        {
            busy = true;
            self.start(id, slot, fold);
        }
        busy
    }

    fn start<F: Fold>(&mut self, id: RunId, slot: Slot, fold: &mut F) {
        if self.scheduler.begin_run(id, self.now).is_none() {
            return;
        }
        let task = self.places[id.task().0 as usize];
        let started = self.now.boot;
        fold.started(&SimRun { name: &self.names.all()[task], task, slot, started }, self.now);
        let plan = &mut self.plans[task];
        let (blocking, inline) = (plan.execution == Execution::Blocking, plan.execution == Execution::Inline);
        let (length, ended) = plan.draws.next();
        let mut run = Going {
            id,
            task,
            slot,
            started,
            ends: length.map(|length| started + length),
            ended,
            gives_up: None,
            blocking,
            inline,
        };
        if let Some(timeout) = plan.timeout
            && length.is_none_or(|length| length > timeout)
        {
            if blocking {
                run.gives_up = Some(started + timeout);
            } else {
                (run.ends, run.ended) = (Some(started + timeout), Ended::TimedOut);
            }
        }
        if run.ends == Some(started) {
            self.ended(run, fold);
        } else {
            self.held = inline;
            self.runs.push(run);
        }
    }

    fn ended<F: Fold>(&mut self, run: Going, fold: &mut F) {
        let Going { id, task, slot, started, ended, .. } = run;
        fold.ended(&SimRun { name: &self.names.all()[task], task, slot, started }, self.now);
        self.scheduler.finished(id, ended, self.now);
        if run.inline && self.held {
            self.held = false;
            // The runner goes on where it stood, with what it had decided before.
            self.start_ready(fold);
        }
    }

    /// Lets an event of the script happen; answers whether the runner notices.
    fn happens(&mut self, event: &Event) -> bool {
        let now = self.now;
        match &event.0 {
            What::Suspend(length) => {
                self.suspend(length.length());
                return false;
            }
            What::ClockForward(by) => return self.set_clock(now.wall + by.length()),
            What::ClockBack(by) => {
                let nanos = now.wall.as_nanos().saturating_sub(crate::time::nanos(by.length()));
                return self.set_clock(Timestamp::from_nanos(nanos));
            }
            What::Clock(time) => return self.set_clock(time.0.as_ref().copied().unwrap_or(now.wall)),
            _ => {}
        }
        if matches!(self.process, Process::Down { .. }) {
            self.refused.push(Refused { at: now.boot - Instant::ZERO, event: event.to_string(), why: None });
            return false;
        }
        let answer = match &event.0 {
            What::Stop => self.stop(None),
            What::Restart(downtime) => self.stop(Some(downtime.length())),
            What::Pause(task) => self.scheduler.pause(task, now),
            What::Resume(task) => self.scheduler.resume(task, now),
            What::Trigger(task) => self.scheduler.trigger(task, now).map(drop),
            What::SetSpacing(task, span) => self.scheduler.set_spacing(task, What::interval(span), now),
            What::Disable(task) => self.scheduler.disable(task, now),
            What::Enable(task) => self.scheduler.enable(task, now),
            What::Add(task) => self.add((**task).clone()),
            What::Remove(task) => self.scheduler.remove(task.as_str(), now).map(drop),
            What::Suspend(_) | What::ClockForward(_) | What::ClockBack(_) | What::Clock(_) => Ok(()),
        };
        if let Err(why) = answer {
            self.refused.push(Refused {
                at: now.boot - Instant::ZERO,
                event: event.to_string(),
                why: Some(why),
            });
        }
        true
    }

    fn suspend(&mut self, length: Duration) {
        self.runs.delay(length);
        self.wake_at = self.wake_at + length;
        match &mut self.process {
            Process::Up => {}
            Process::Stopping { cut_at: at, .. } | Process::Down { up_at: at } => *at = *at + length,
        }
        let rest = self.end - self.now.boot;
        self.now = self.now.after(length.min(rest));
    }

    fn set_clock(&mut self, wall: Timestamp) -> bool {
        self.now.wall = wall;
        self.walls.set(self.now);
        false
    }

    fn stop(&mut self, downtime: Option<Duration>) -> Result<(), ControlError> {
        if self.process != Process::Up {
            return Err(ControlError::Stopping);
        }
        self.scheduler.stop(self.now);
        let cut_at = self.grace.map_or(Instant::MAX, |grace| self.now.boot + grace);
        self.process = Process::Stopping { cut_at, downtime };
        Ok(())
    }

    /// The grace time is over.
    fn cut<F: Fold>(&mut self, fold: &mut F) {
        let Process::Stopping { downtime, .. } = self.process else { return };
        self.held = false;
        for run in self.runs.clear() {
            let blocking = run.blocking;
            let (id, run) = (run.id, Going { ended: Ended::Cancelled, ..run });
            if blocking {
                // It ends with its process, now.
                self.scheduler.abandoned(id, Outcome::Cancelled, self.now);
            }
            self.ended(run, fold);
        }
        self.down(downtime);
    }

    fn down(&mut self, downtime: Option<Duration>) {
        let up_at = downtime.map_or(Instant::MAX, |downtime| self.now.boot + downtime);
        self.process = Process::Down { up_at };
    }

    /// Ends the simulation: what passed and was not recorded, because nothing depended on it, is recorded now.
    fn finish(&mut self) {
        self.now = self.now.after(self.end - self.now.boot);
        self.over = true;
        self.unfinished = self.scheduler.running() as u64;
        self.scheduler.stop(self.now);
    }
}

/// The place of a task's name. What is drawn for it goes on where it is there already: in a process before.
fn plan(task: &Task, known: &mut Names, plans: &mut Vec<Plan>, takes: &[(String, Takes)]) -> usize {
    let place = known.place(task.name());
    let (execution, timeout) = (task.spec().execution, task.spec().timeout);
    if let Some(plan) = plans.get_mut(place) {
        (plan.execution, plan.timeout) = (execution, timeout);
    } else {
        let found = takes.iter().rev().find(|(pattern, _)| names(pattern, task.name()));
        let takes = found.map(|(_, takes)| takes.clone()).unwrap_or_default();
        let draws = takes.drawn_for(Spread::seed(task.name().as_str(), ""));
        plans.push(Plan { execution, timeout, draws });
    }
    place
}
