//! The runner's work when it is awake.

use super::fold::{Fold, SimRun};
use super::player::Engine;
use super::process::Process;
use super::runs::Going;
use crate::schedule::Slot;
use crate::scheduler::RunId;
use crate::spec::Execution;
use crate::task::Ended;

impl Engine {
    /// Does the runner's work when it is awake: decides due slots, ends replaced runs, starts runs that may start.
    pub(super) fn serve<F: Fold>(&mut self, fold: &mut F) {
        if self.held || matches!(self.process, Process::Down { .. }) {
            return;
        }
        loop {
            self.scheduler.driver().decide(self.now);
            self.set_backs.extend(self.scheduler.take_clock_set_back());
            if let Process::Stopping { downtime, .. } = self.process
                && self.scheduler.running() == 0
            {
                return self.down(downtime);
            }
            let mut busy = false;
            while let Some(id) = self.scheduler.take_replaced() {
                // Its end may have been reported in the meantime.
                if let Some(run) = self.runs.remove(id) {
                    busy = true;
                    self.ended(Going { ended: Ended::Cancelled, ..run }, fold);
                }
            }
            busy |= self.start_ready(fold);
            self.wake_at = self.scheduler.driver().wake_at(self.now);
            if !busy {
                return;
            }
            let again = self.wake_at <= self.now.boot
                || self.scheduler.ready() > 0
                || self.scheduler.driver().has_replaced()
                || self.process != Process::Up;
            if self.held || !again {
                return;
            }
        }
    }

    /// Starts the runs that may start, up to the first inline run that takes time; returns whether there was any.
    fn start_ready<F: Fold>(&mut self, fold: &mut F) -> bool {
        let mut busy = false;
        while !self.held
            && let Some((id, slot, attempt)) = self.scheduler.driver().hand_out_silently(self.now)
        {
            busy = true;
            self.start(id, slot, attempt, fold);
        }
        busy
    }

    fn start<F: Fold>(&mut self, id: RunId, slot: Slot, attempt: u32, fold: &mut F) {
        if self.scheduler.driver().begin_run(id, self.now).is_none() {
            return;
        }
        let task = self.places[id.task().place as usize];
        let started = self.now.boot;
        fold.started(&SimRun { name: &self.names.all()[task], task, slot, attempt, started }, self.now);
        let plan = &mut self.plans[task];
        let (blocking, inline) = (plan.execution == Execution::Blocking, plan.execution == Execution::Inline);
        let (length, ended) = plan.draws.next();
        let mut run = Going {
            id,
            task,
            slot,
            attempt,
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

    pub(super) fn ended<F: Fold>(&mut self, run: Going, fold: &mut F) {
        let Going { id, task, slot, attempt, started, ended, .. } = run;
        fold.ended(&SimRun { name: &self.names.all()[task], task, slot, attempt, started }, self.now);
        self.scheduler.finished(id, ended, self.now);
        if run.inline && self.held {
            self.held = false;
            // The runner continues at the same point, with its earlier decisions.
            self.start_ready(fold);
        }
    }
}
