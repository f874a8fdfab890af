use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::{RunId, Start};
use periodic_core::time::{Instant, Now};

use super::Runner;
use super::added::AddedTask;
use super::launch::Runs;
use super::shared::State;
use super::timer::{Moment, Timer};
use crate::caught::Quiet;

/// How long inline runs may follow each other before others are let in: a stop is heard then, timers are looked at.
const SLICE: Duration = Duration::from_millis(1);

/// What the serving loop has to do next.
enum Step {
    /// A newer slot replaces this run.
    Abort(RunId),
    /// With the code of a task that was added at run time: once the lock is free, the task may be removed.
    Start(Start, Option<Arc<AddedTask>>),
    /// There is nothing to do before this instant, unless somebody wakes the loop.
    Sleep(Moment, Instant),
    /// The service is being stopped, and nothing is going.
    Over,
}

impl Runner {
    /// Starts what is due, again and again, until the service is being stopped and nothing is going.
    pub(super) async fn serve(&self, runs: &mut Runs) {
        let mut timer = Timer::new(self.shared.precise);
        // When others were let in last, if not by a sleep.
        let mut shared_at = None;
        loop {
            // Where runs end as fast as they start, nothing below waits; a stop must be heard nevertheless.
            tokio::task::coop::consume_budget().await;
            self.shared.pulse.beat();
            let (step, now) = self.shared.quietly(|state, now| (state.step(now), now.boot));
            runs.reap();
            match step {
                Step::Abort(id) => runs.abort(id),
                Step::Start(start, added) => {
                    if now - *shared_at.get_or_insert(now) >= SLICE {
                        tokio::task::yield_now().await;
                        shared_at = Some(now);
                    }
                    // A table's tasks belong to one of the managers from which it was made.
                    let part = &self.parts[start.task.part()];
                    if let Some(inline) = part.launch(&self.shared, start, added, runs) {
                        Quiet::boxed(inline).await;
                    }
                }
                Step::Sleep(since, wake_at) => {
                    let length = self.shared.pulse.at_most(since.until(wake_at));
                    tokio::select! {
                        () = timer.sleep(since, length) => {}
                        () = self.shared.wake.notified() => {}
                    }
                    shared_at = None;
                }
                Step::Over => return,
            }
        }
    }
}

impl State {
    fn step(&mut self, now: Now) -> Step {
        self.asleep = None;
        // What is left from the last poll comes first: polling between the runs of one instant would cost a look each.
        if let Some(step) = self.waiting(now) {
            return step;
        }
        let wake_at = self.scheduler.poll(now).wake_at;
        if let Some(step) = self.waiting(now) {
            return step;
        }
        if self.stopping && self.scheduler.running() == 0 {
            return Step::Over;
        }
        self.asleep = Some(wake_at);
        Step::Sleep(Moment::at(now.boot), wake_at)
    }

    fn waiting(&mut self, now: Now) -> Option<Step> {
        if let Some(id) = self.scheduler.take_cancelled() {
            return Some(Step::Abort(id));
        }
        let start = self.scheduler.hand_out(now)?;
        let added = self.added.get(&start.id.task()).cloned();
        Some(Step::Start(start, added))
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::manager::{Call, Given, PeriodicManager};
    use periodic_core::table::Collector;
    use periodic_core::task::{Interval, TaskSpec};

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
            let before = shared.pulse.beats();
            tokio::time::sleep(Duration::from_secs(3_600)).await;
            rounds = shared.pulse.beats() - before;
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

    #[cfg(not(feature = "precise"))]
    #[test]
    fn without_their_feature_precise_timers_are_refused() {
        let settings = periodic_core::Settings::new().service(|options| options.periodic_precise = true);
        let error = Runner::builder(Idle { aligned: 0 }).settings(settings).build().unwrap_err();
        assert_eq!(
            error.to_string(),
            "precise timers are wanted (`periodic_precise`), but this program has none: it was built without the \
             feature `precise`"
        );
    }
}
