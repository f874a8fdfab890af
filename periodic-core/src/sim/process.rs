//! The service's process: how it starts, and how it stops.

use core::time::Duration;

use super::Takes;
use super::engine::Engine;
use super::fold::Fold;
use super::names::Names;
use super::runs::Going;
use super::takes::Draws;
use crate::schedule::Spread;
use crate::scheduler::{ControlError, Scheduler};
use crate::settings::names;
use crate::spec::Execution;
use crate::task::{Ended, Outcome, Task};
use crate::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Process {
    Up,
    /// Runs must end by `cut_at`. The process starts again `downtime` after its end, if there is one.
    Stopping {
        cut_at: Instant,
        downtime: Option<Duration>,
    },
    Down {
        up_at: Instant,
    },
}

/// The simulation's plan for a task.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) execution: Execution,
    pub(super) timeout: Option<Duration>,
    pub(super) draws: Draws,
}

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
            // A name that is taken was refused when the script was checked.
            let _ = self.add(task);
        }
        self.process = Process::Up;
        self.wake_at = self.now.boot;
    }

    pub(super) fn add(&mut self, task: Task) -> Result<(), ControlError> {
        let place = plan(&task, &mut self.names, &mut self.plans, &self.takes);
        let id = self.scheduler.add(task, self.now)?.0 as usize;
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

    /// The grace time is over.
    pub(super) fn cut<F: Fold>(&mut self, fold: &mut F) {
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

    pub(super) fn down(&mut self, downtime: Option<Duration>) {
        let up_at = downtime.map_or(Instant::MAX, |downtime| self.now.boot + downtime);
        self.process = Process::Down { up_at };
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
