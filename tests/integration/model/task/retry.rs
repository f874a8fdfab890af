use periodic::task::{Ended, Outcome};

use super::{Attempt, Phase, Run, Task};
use crate::model::moment::Moment;

/// Attempts at a slot after the first.
impl Task {
    /// When an attempt that ended is followed by another.
    pub(super) fn retry_due(&self, run: &Run, ended: &Ended, moment: Moment) -> Option<i64> {
        let retry = self.declared.retry?;
        if matches!(ended, Ended::Ok(_) | Ended::Cancelled) || run.cancelled || run.outlived || self.paused {
            return None;
        }
        if !matches!(self.phase, Phase::On | Phase::Done) || run.attempt() == retry.attempts {
            return None;
        }
        let mut delay = retry.first;
        for _ in 1..run.attempt() {
            delay *= 2;
        }
        let due = moment.boot + delay.min(retry.most);
        self.schedule_goes_on(moment).is_none_or(|next| due < next).then_some(due)
    }

    /// The run lets others have its place until then.
    pub(super) fn back_off(&mut self, index: usize, due: i64, outcome: Outcome, moment: Moment) {
        let mut run = self.runs.remove(index);
        let start = run.started.take().unwrap();
        run.failed.push(Attempt { start, end: moment.boot, outcome });
        (run.due, run.turn) = (Some(due), due);
        // Of those that are due at once, the first that failed is the first that is tried again.
        self.runs.push(run);
    }

    pub(super) fn settle_retries(&mut self, moment: Moment, batch: u64) {
        if !self.awaits_retry() {
            return;
        }
        if self.schedule_goes_on(moment).is_some_and(|next| next <= moment.boot) {
            self.end_retries(moment);
            self.next_from_backlog(batch);
            self.next_from_held(batch);
            return;
        }
        for run in &mut self.runs {
            if run.due.take_if(|due| *due <= moment.boot).is_some() {
                run.batch = batch;
            }
        }
    }

    /// A run that waits for its retry ends as its last attempt did.
    pub(super) fn end_retries(&mut self, moment: Moment) {
        let (waiting, others): (Vec<Run>, Vec<Run>) = self.runs.drain(..).partition(Run::awaits_retry);
        self.runs = others;
        for run in waiting {
            self.add_times(&run, moment);
            self.enter_attempts(run.slot, run.failed);
        }
    }

    pub(in super::super) fn awaits_retry(&self) -> bool {
        self.runs.iter().any(Run::awaits_retry)
    }

    /// When the next slot of the schedule lies, one beside the grid included.
    fn schedule_goes_on(&self, moment: Moment) -> Option<i64> {
        [self.next_at(moment), self.extra].into_iter().flatten().min()
    }
}

impl Run {
    /// The number of the attempt at hand.
    pub(in super::super) fn attempt(&self) -> usize {
        self.failed.len() + 1
    }

    pub(in super::super) fn awaits_retry(&self) -> bool {
        !self.failed.is_empty() && self.started.is_none()
    }

    pub(super) fn began(&self) -> Option<i64> {
        self.failed.first().map(|attempt| attempt.start).or(self.started)
    }

    /// Attempts that were started.
    pub(in super::super) fn attempted(&self) -> usize {
        self.failed.len() + usize::from(self.started.is_some())
    }
}
