use super::sleep::sleep;
use super::timer::Timer;
use crate::runner::Runner;
use crate::runner::execute::inline::{Handoff, InlineExecutor};
use crate::runner::execute::runs::Runs;
use crate::runner::state::round::{Next, Round};
use crate::runner::state::shared::{At, Shared};

impl Runner {
    /// Starts due runs, round after round, until the service is being stopped and no run is active.
    pub(in crate::runner) async fn serve(&self, runs: &mut Runs) {
        let mut timer = Timer::new(self.shared.precise);
        let handoff = Handoff::default();
        let mut executors: Vec<Option<InlineExecutor<'_>>> = self.managers.iter().map(|_| None).collect();
        let mut round = Round::begin(self.shared.read_clock());
        runs.begin();
        loop {
            // If runs end as fast as they start, nothing below waits; a stop must be noticed nevertheless.
            tokio::task::coop::consume_budget().await;
            self.shared.liveness.beat();
            let now = self.shared.read_clock();
            round = round.another(now);
            let mut replaced = Vec::new();
            let Some((mut next, running)) = self.shared.visit(At::Read(now), |state, now| {
                let running = state.begin_round(&mut round, now);
                replaced = state.take_replaced();
                running.map(|running| (state.next(&mut round, now), running))
            }) else {
                return;
            };
            runs.reap(running);
            for run in &replaced {
                run.notify_one();
            }
            let wake_at = loop {
                match next {
                    Next::Call => {
                        runs.dispatch(&mut round.needed);
                        next = next_step(&self.shared, &mut round);
                    }
                    Next::Run(run) => {
                        let manager = &self.managers[run.manager()];
                        if run.is_inline() {
                            let executor = executors[run.manager()].get_or_insert_with(|| {
                                InlineExecutor::new(manager.run_inline(&self.shared, &handoff), &handoff)
                            });
                            (next, round) = executor.run(run, round).await;
                        } else {
                            runs.own(manager.start_blocking(&self.shared, run, round.read));
                            next = next_step(&self.shared, &mut round);
                        }
                    }
                    Next::Yield => {
                        runs.yield_now().await;
                        self.shared.liveness.beat();
                        round = round.another(self.shared.read_clock());
                        next = next_step(&self.shared, &mut round);
                    }
                    Next::Sleep(wake_at) => break wake_at,
                }
            };
            sleep(&self.shared, &mut timer, &round, wake_at).await;
        }
    }
}

fn next_step(shared: &Shared, round: &mut Round) -> Next {
    let now = shared.now_after(round.read);
    shared.visit(At::Read(now), |state, now| state.next(round, now))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Wake, Waker};
    use std::time::Duration;

    use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
    use periodic_core::task::{Interval, TaskName, TaskSpec};

    use super::*;

    /// A thousand tasks, none of which is due for a year.
    struct Idle {
        aligned: usize,
    }

    impl PeriodicManager for Idle {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            let spec = |task| {
                let spec =
                    TaskSpec::new(format!("task_{task}").leak()).every(Interval::from_secs(400 * 86_400));
                if task < self.aligned { spec.align() } else { spec }
            };
            collector.manager("Idle");
            collector.tasks(&(0..1_000).map(spec).collect::<Vec<_>>());
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Idle", row)
        }
    }

    async fn rounds_in_an_hour(manager: Idle) -> u64 {
        let runner = Runner::builder(manager).build().unwrap();
        let (shared, mut rounds) = (Arc::clone(&runner.shared), 0);
        let hour = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let before = shared.liveness.beats();
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            rounds = shared.liveness.beats() - before;
        };
        let _ = runner.run_until(hour).await;
        rounds
    }

    #[tokio::test(start_paused = true)]
    async fn an_idle_loop_wakes_once_a_minute() {
        assert_eq!(rounds_in_an_hour(Idle { aligned: 0 }).await, 60);
    }

    #[tokio::test(start_paused = true)]
    async fn it_looks_at_the_wall_clock_twice_a_minute() {
        assert_eq!(rounds_in_an_hour(Idle { aligned: 1 }).await, 120);
    }

    /// The waker of an executor that cannot be woken.
    struct Broken;

    impl Wake for Broken {
        fn wake(self: Arc<Self>) {
            panic!("no executor");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_waker_that_panics_harms_neither_a_control_nor_a_worker_nor_a_reload() {
        let runner = Runner::builder(Idle { aligned: 0 }).build().unwrap();
        let handle = runner.handle();
        let spec = TaskSpec::new("poll").every(Interval::from_secs(10)).from_finish();
        handle.add(TaskName::new("Idle", "poll").unwrap(), spec, |_| async {}).unwrap();
        let waker = Waker::from(Arc::new(Broken));
        let mut run = pin!(runner.run());
        for runs in 1..=3 {
            assert!(run.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            let _ = handle.trigger("poll").unwrap();
            assert!(run.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            // Lets the worker run; its end, after which a slot is due sooner, wakes the loop again.
            tokio::task::yield_now().await;
            assert_eq!(handle.status_of("poll").unwrap().counters.ok, runs);
            assert!(run.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            tokio::task::yield_now().await;
        }
        let mut never = pin!(handle.until_options(|_| false));
        assert!(never.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        handle.reload(&periodic_core::Settings::default()).unwrap();
    }

    #[cfg(not(feature = "precise"))]
    #[test]
    fn without_their_feature_precise_timers_are_refused() {
        let settings = periodic_core::Settings::new().service(|options| options.periodic_precise = true);
        let error = Runner::builder(Idle { aligned: 0 }).settings(settings).build().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`periodic_precise` needs precise timers, and this program has none: it was built without the \
             feature `precise`"
        );
    }
}
