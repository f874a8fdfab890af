use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::manager::{Call, Collector, Given};
use periodic::task::{Ended, Execution, Interval, Next, TaskSpec};
use periodic::{PeriodicManager, Runner, RunnerBuilder};
use tokio::sync::Notify;
use tokio::time::Instant;

/// The nanoseconds of each run's slot and start, by its row.
type Runs = HashMap<u32, Vec<(u128, u128)>>;

/// 1000 inline tasks, of 10 ms to a second.
struct Many {
    begun: Instant,
    runs: Arc<Mutex<Runs>>,
    /// Told when the first task has run three times.
    third: Arc<Notify>,
}

fn period(row: u32) -> Duration {
    Duration::from_millis(10) + Duration::from_millis(990) * row / 999
}

impl PeriodicManager for Many {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        let spec = |row| {
            let spec =
                TaskSpec::new(format!("task_{row}").leak()).every(Interval::from_duration(period(row)));
            spec.execution(Execution::Inline)
        };
        collector.manager("Many");
        collector.tasks(&(0..1_000).map(spec).collect::<Vec<_>>());
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, (), ()>) -> Call<'a> {
        let slot = u128::try_from(given.run.slot().at.as_nanos()).unwrap();
        let run = (slot, self.begun.elapsed().as_nanos());
        let mut runs = self.runs.lock().unwrap();
        let runs = runs.entry(row[0]).or_default();
        runs.push(run);
        if row[0] == 0 && runs.len() == 3 {
            self.third.notify_one();
        }
        Call::Ready(Ended::Ok(Next::OnSchedule))
    }
}

/// The runs until `end`.
async fn runs(
    build: impl FnOnce(RunnerBuilder) -> RunnerBuilder,
    end: impl AsyncFnOnce(Arc<Notify>),
) -> Runs {
    let (runs, third) = (Arc::default(), Arc::<Notify>::default());
    let many = Many { begun: Instant::now(), runs: Arc::clone(&runs), third: Arc::clone(&third) };
    let runner = build(Runner::builder(many)).build().unwrap();
    let _ = runner.run_until(end(third)).await;
    std::mem::take(&mut *runs.lock().unwrap())
}

fn after(millis: u64) -> impl Future<Output = ()> {
    tokio::time::sleep(Duration::from_millis(millis))
}

#[tokio::test(start_paused = true)]
async fn no_slot_is_lost_none_early_and_none_drifts() {
    // Tokio's timers are a millisecond late at most.
    let runs = runs(|builder| builder, async |_| after(10_001).await).await;
    for row in 0..1_000 {
        let (period, runs) = (period(row).as_nanos(), &runs[&row]);
        assert_eq!(runs.len() as u128, 10_000_000_000 / period, "{period}");
        for ((slot, start), nth) in runs.iter().zip(1..) {
            assert_eq!(*slot, nth * period);
            assert!((0..=1_000_000).contains(&start.checked_sub(*slot).unwrap()), "{slot} {start}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_stall_each_task_runs_within_its_period() {
    let end = async |_| {
        after(1_000).await;
        // Nothing runs meanwhile: as if something had blocked the runtime.
        tokio::time::advance(Duration::from_millis(3_500)).await;
        after(1_002).await;
    };
    let runs = runs(|builder| builder, end).await;
    for row in 0..1_000 {
        let again = runs[&row].iter().map(|(_, start)| *start).find(|start| *start >= 4_500_000_000);
        let within = again.unwrap() - 4_500_000_000;
        assert!(within <= period(row).as_nanos() + 1_000_000, "{:?}: {within}", period(row));
    }
}

#[tokio::test(start_paused = true)]
async fn precise_timers_leave_paused_time_alone() {
    let runs = runs(|builder| builder.precise(true), async |_| after(60_001).await).await;
    assert_eq!(runs[&999].len(), 60);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn precise_timers_start_nothing_early() {
    let runs = runs(|builder| builder.precise(true), async |third| third.notified().await).await;
    assert!(runs[&0].len() >= 3);
    for (slot, start) in runs.values().flatten() {
        assert!(start >= slot, "{slot} {start}");
    }
}
