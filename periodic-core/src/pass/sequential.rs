use core::pin::pin;

use super::code::{Bounded, caught, in_time};
use super::{PassError, PeriodicTasks, RaiseOnError};
use crate::manager::{Call, Given, PeriodicManager};
use crate::scheduler::{Finished, Scheduler, Turn};
use crate::task::{Ended, Next, Run};
use crate::time::{Clock, Now};

/// The run at hand of a sequential pass. If that is dropped meanwhile, the run is cancelled.
struct AtHand<'p, C: Clock> {
    scheduler: &'p mut Scheduler,
    run: &'p mut Run,
    clock: &'p C,
    started: Now,
    /// Until its end is reported.
    turn: Option<Turn>,
}

impl<C: Clock> AtHand<'_, C> {
    #[inline(always)]
    fn begin(&mut self, now: Now) -> Option<Turn> {
        self.turn = self.scheduler.next_turn(now, self.run);
        self.started = now;
        self.turn
    }

    /// Reports that the run ended well, if nothing else is to be done then; answers whether it did.
    #[inline(always)]
    fn ended_well(&mut self, now: Now) -> bool {
        let is_all = self.turn.is_some_and(|turn| self.scheduler.end_turn_well(turn, self.run, now));
        if is_all {
            self.turn = None;
        }
        is_all
    }

    /// Reports how the run ended; an error if that is none that was hoped for, and its slot is not tried again.
    #[inline(never)]
    fn ended(&mut self, ended: Ended, now: Now) -> Result<(), PassError> {
        let Some(turn) = self.turn.take() else { return Ok(()) };
        if matches!(ended, Ended::Ok(_)) {
            self.scheduler.end_turn(turn, self.run, ended, now);
            return Ok(());
        }
        let task = self.run.name().clone();
        match self.scheduler.end_turn(turn, self.run, ended.clone(), now) {
            Finished::Retries(_) => Ok(()),
            _ => Err(PassError { task, outcome: ended.into() }),
        }
    }
}

impl<C: Clock> Drop for AtHand<'_, C> {
    fn drop(&mut self) {
        if let Some(turn) = self.turn.take() {
            // Its future is gone, but what that has spawned may have kept the token.
            self.run.cancellation.cancel();
            // Where it is the clock that has panicked, a second panic would end the process.
            let now = if std::thread::panicking() { self.started } else { self.clock.now() };
            self.scheduler.end_turn(turn, self.run, Ended::Cancelled, now);
            self.scheduler.end_turns();
        }
    }
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> PeriodicTasks<M, C> {
    /// Runs what is due now, one task after the other; answers when the last of them ended.
    ///
    /// The end of one run is the start of the next, so the clock is read once for each; and nothing is allocated for
    /// a plain `fn`, nor for an `inline` task.
    pub(super) async fn run_in_turn(
        &mut self,
        context: &M::Context,
        raise_on_error: RaiseOnError,
    ) -> Result<Now, PassError> {
        let clock = &*self.clock;
        let mut now = clock.now();
        self.scheduler.begin_turns(now);
        let (scheduler, run) = (&mut self.scheduler, &mut self.run);
        let mut at_hand = AtHand { scheduler, run, clock, started: now, turn: None };
        while let Some(turn) = at_hand.begin(now) {
            let run = &*at_hand.run;
            let given = Given { owner: &(), context, run };
            let timeout = if turn.is_bounded { run.task.spec().timeout } else { None };
            let deadline = timeout.map(|timeout| now.boot + timeout);
            let added = self.added.get(turn.row()).and_then(Option::as_ref);
            let alarm = || deadline.and_then(|deadline| clock.alarm(deadline));
            let ended = if turn.waits_in_place {
                // Not `self.manager.call_inline`: that is the `Arc`'s, which boxes.
                let future = pin!(M::call_inline(&self.manager, run.task.path(), given));
                let mut work = Bounded { future, alarm: alarm() };
                match work.at_once().await {
                    Some(ended) => ended,
                    None => {
                        at_hand.scheduler.share_task(turn, run);
                        work.await
                    }
                }
            } else {
                let called = || match added {
                    Some(code) => code(&self.manager, given),
                    None => self.manager.call(run.task.path(), given),
                };
                match caught(called) {
                    Call::Ready(ended) => ended,
                    Call::Pending(future) => {
                        at_hand.scheduler.share_task(turn, run);
                        Bounded { future, alarm: alarm() }.await
                    }
                }
            };
            now = clock.now();
            let ended = in_time(ended, deadline, now);
            if matches!(ended, Ended::Ok(Next::OnSchedule)) && at_hand.ended_well(now) {
                continue;
            }
            let ended = at_hand.ended(ended, now);
            if raise_on_error == RaiseOnError::Yes {
                ended?;
            }
        }
        Ok(now)
    }
}
