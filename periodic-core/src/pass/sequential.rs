use super::code::{Bounded, caught, in_time};
use super::{PassError, PeriodicTasks, RaiseOnError};
use crate::manager::{Call, Given, PeriodicManager};
use crate::scheduler::{Finished, Scheduler, SlotRecord, Turn};
use crate::task::Ended;
use crate::time::{Clock, Now};

/// The run at hand of a sequential pass. If that is dropped meanwhile, the run is cancelled.
struct AtHand<'p, C: Clock> {
    scheduler: &'p mut Scheduler,
    records: &'p mut Vec<SlotRecord>,
    clock: &'p C,
    started: Now,
    /// Until its end is reported.
    turn: Option<Turn>,
}

impl<C: Clock> AtHand<'_, C> {
    /// Reports how the run ended; an error if that is none that was hoped for, and its slot is not tried again.
    fn ended(&mut self, ended: Ended, now: Now) -> Result<(), PassError> {
        let Some(turn) = self.turn.take() else { return Ok(()) };
        if matches!(ended, Ended::Ok(_)) {
            self.scheduler.end_turn(turn, ended, now);
            return Ok(());
        }
        let task = turn.run.name().clone();
        match self.scheduler.end_turn(turn, ended.clone(), now) {
            Finished::Retries(_) => Ok(()),
            _ => Err(PassError { task, outcome: ended.into() }),
        }
    }
}

impl<C: Clock> Drop for AtHand<'_, C> {
    fn drop(&mut self) {
        if let Some(turn) = self.turn.take() {
            // Its future is gone, but what that has spawned may have kept the token.
            turn.run.cancellation.cancel();
            // Where it is the clock that has panicked, a second panic would end the process.
            let now = if std::thread::panicking() { self.started } else { self.clock.now() };
            self.scheduler.end_turn(turn, Ended::Cancelled, now);
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
        while let Some(turn) = self.scheduler.next_turn(now) {
            let added = self.added.get(turn.row()).and_then(Option::as_ref);
            let (scheduler, records, clock) = (&mut self.scheduler, &mut self.records, &*self.clock);
            let mut at_hand = AtHand { scheduler, records, clock, started: now, turn: Some(turn) };
            let Some(Turn { run, .. }) = &at_hand.turn else { break };
            let given = Given { owner: &(), context, run };
            let deadline = run.task.spec().timeout.map(|timeout| now.boot + timeout);
            let called = || match added {
                Some(code) => code(&self.manager, given),
                None => self.manager.call(run.task.path(), given),
            };
            let ended = match caught(called) {
                Call::Ready(ended) => ended,
                Call::Pending(future) => {
                    Bounded { future, alarm: deadline.and_then(|deadline| clock.alarm(deadline)) }.await
                }
            };
            now = clock.now();
            let ended = at_hand.ended(in_time(ended, deadline, now), now);
            if raise_on_error == RaiseOnError::Yes {
                ended?;
            }
        }
        Ok(now)
    }
}
