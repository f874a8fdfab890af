use super::code::{Bounded, caught, in_time};
use super::{PassError, PeriodicTasks, RaiseOnError};
use crate::manager::{Call, Given, PeriodicManager};
use crate::scheduler::{Finished, Scheduler, SlotRecord, Turn};
use crate::task::{Cancellation, Ended, Outcome};
use crate::time::{Clock, Now};

/// The run at hand of a sequential pass. If that is dropped meanwhile, the run is cancelled.
struct AtHand<'p, C: Clock> {
    scheduler: &'p mut Scheduler,
    records: &'p mut Vec<SlotRecord>,
    clock: &'p C,
    turn: Option<Turn>,
}

impl<C: Clock> AtHand<'_, C> {
    /// Reports how the run ended; answers the outcome of its slot, if that is none that was hoped for.
    fn ended(mut self, token: Cancellation, ended: Ended, now: Now) -> Option<Outcome> {
        let turn = self.turn.take()?;
        if matches!(ended, Ended::Ok(_)) {
            self.scheduler.end_turn(turn, Some(token), ended, now);
            return None;
        }
        let finished = self.scheduler.end_turn(turn, Some(token), ended.clone(), now);
        (!matches!(finished, Finished::Retries(_))).then(|| ended.into())
    }
}

impl<C: Clock> Drop for AtHand<'_, C> {
    fn drop(&mut self) {
        if let Some(turn) = self.turn.take() {
            self.scheduler.end_turn(turn, None, Ended::Cancelled, self.clock.now());
            self.scheduler.end_turns();
            self.scheduler.drain_records(self.records);
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// Runs what is due now, one task after the other; answers when the last of them ended.
    ///
    /// The end of one run is the start of the next, so the clock is read once for each; and nothing is allocated for
    /// a plain `fn`.
    pub(super) async fn run_in_turn(
        &mut self,
        context: &M::Context,
        raise_on_error: RaiseOnError,
    ) -> Result<Now, PassError> {
        let mut now = self.clock.now();
        self.scheduler.begin_turns(now);
        while let Some((turn, task, run)) = self.scheduler.next_turn(now) {
            let added = self.added.get(turn.row()).and_then(Option::as_ref);
            let (scheduler, records, clock) = (&mut self.scheduler, &mut self.records, &*self.clock);
            let at_hand = AtHand { scheduler, records, clock, turn: Some(turn) };
            let given = Given { owner: &(), context, run: &run };
            let deadline = task.spec().timeout.map(|timeout| now.boot + timeout);
            let called = || match added {
                Some(code) => code(&self.manager, given),
                None => self.manager.call(task.path(), given),
            };
            let ended = match caught(called) {
                Call::Ready(ended) => ended,
                Call::Pending(future) => {
                    Bounded { future, alarm: deadline.and_then(|deadline| clock.alarm(deadline)) }.await
                }
            };
            now = clock.now();
            let outcome = at_hand.ended(run.cancellation, in_time(ended, deadline, now), now);
            if let (Some(outcome), RaiseOnError::Yes) = (outcome, raise_on_error) {
                return Err(PassError { task: task.name().clone(), outcome });
            }
        }
        Ok(now)
    }
}
