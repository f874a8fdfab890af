//! A task's `timeout` in a sequential pass: enforced where the clock has timers, else noticed afterwards.

use std::sync::Arc;
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::task::{Outcome, Run, TaskName, TaskSpec};
use periodic::time::{Instant, ManualClock};
use periodic::{Settings, SystemClock, periodic_manager, periodic_task};

use crate::finish::finish;

struct Empty;

#[periodic_manager]
impl Empty {}

/// The outcome of a plain run of this length, with a timeout of two seconds.
fn outcome_after(taken: Duration) -> Result<(), Outcome> {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Empty, Arc::clone(&clock), &Settings::default()).unwrap();
    let spec = TaskSpec::new("slow").run_immediately().timeout(Duration::from_secs(2));
    let passing = Arc::clone(&clock);
    let slow = move |_: &Empty, (): &(), _: &Run| passing.advance(taken);
    tasks.add_periodic_task(TaskName::new("Empty", "slow").unwrap(), spec, slow).unwrap();
    let raised = finish(tasks.run_periodic_tasks(&(), RaiseOnError::Yes));
    let recorded = tasks.records()[0].outcome.clone();
    match raised {
        Ok(_) => {
            assert_eq!(recorded, Outcome::Ok);
            Ok(())
        }
        Err(error) => {
            assert_eq!(recorded, error.outcome);
            Err(error.outcome)
        }
    }
}

#[test]
fn a_plain_run_that_took_longer_is_noticed_afterwards() {
    assert_eq!(outcome_after(Duration::from_secs(3)), Err(Outcome::TimedOut));
    let just_too_long = Duration::from_secs(2) + Duration::from_nanos(1);
    assert_eq!(outcome_after(just_too_long), Err(Outcome::TimedOut));
}

#[test]
fn a_plain_run_that_took_exactly_as_long_is_in_time() {
    assert_eq!(outcome_after(Duration::from_secs(2)), Ok(()));
    assert_eq!(outcome_after(Duration::ZERO), Ok(()));
}

struct Sleepers;

#[periodic_manager]
impl Sleepers {
    #[periodic_task(spacing = 60, timeout = 2)]
    async fn spawned(&self) {
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 60, timeout = 3, inline)]
    async fn inline(&self) {
        std::future::pending::<()>().await;
    }

    /// Ends before its timeout, which must not cut it.
    #[periodic_task(spacing = 60, timeout = 3)]
    async fn in_time(&self) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_async_run_is_cut_at_its_timeout_where_the_clock_has_timers() {
    let mut tasks = PeriodicTasks::new(Sleepers, SystemClock::new(), &Settings::default()).unwrap();
    tokio::time::sleep(Duration::from_secs(60)).await;
    let begun = tokio::time::Instant::now();
    let pass = tasks.run_periodic_tasks(&(), RaiseOnError::No);
    tokio::time::timeout(Duration::from_secs(60), pass).await.expect("what hangs is cut").unwrap();
    assert_eq!(begun.elapsed().as_secs(), 2 + 3 + 1);
    let ends = tasks.records().iter().map(|record| {
        let elapsed = record.elapsed().unwrap();
        assert!(elapsed.subsec_millis() < 10, "cut {elapsed:?} after its start");
        (record.name().task(), record.outcome.clone(), elapsed.as_secs())
    });
    let expected =
        [("spawned", Outcome::TimedOut, 2), ("inline", Outcome::TimedOut, 3), ("in_time", Outcome::Ok, 1)];
    assert_eq!(ends.collect::<Vec<_>>(), expected);
}
