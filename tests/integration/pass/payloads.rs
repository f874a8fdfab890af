//! Panics that do not get out of a pass: their payload, and dropped values, may panic, too.

use std::panic::panic_any;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::{Settings, SystemClock, periodic_manager, periodic_task};

use crate::bomb::{BadError, Bomb, NO_TEXT, panic_at_each_entry};

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 10, run_immediately)]
    async fn spawned(&self) {
        panic_any(Bomb);
    }

    #[periodic_task(spacing = 10, run_immediately, inline)]
    async fn inline(&self) {
        panic_any(Bomb);
    }

    #[periodic_task(spacing = 10, run_immediately)]
    fn plain(&self) {
        panic_any(Bomb);
    }

    #[periodic_task(spacing = 10, run_immediately)]
    async fn fails(&self) -> Result<(), BadError> {
        Err(BadError { prints: true })
    }

    #[periodic_task(spacing = 10, run_immediately, timeout = 1)]
    async fn cut(&self) {
        let _bad = Bomb;
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 10, run_immediately, timeout = 1, inline)]
    async fn cut_inline(&self) {
        let _bad = Bomb;
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 10, run_immediately)]
    async fn other(&self) {}
}

fn tasks() -> PeriodicTasks<Manager, SystemClock> {
    PeriodicTasks::new(Manager, SystemClock::new(), &Settings::default()).unwrap()
}

fn expected() -> Vec<String> {
    let panicked = |task| format!("{task} Panicked({NO_TEXT:?})");
    let mut expected: Vec<_> = ["cut", "cut_inline", "fails", "inline"].into_iter().map(panicked).collect();
    expected.push("other Ok".into());
    expected.extend(["plain", "spawned"].map(panicked));
    expected
}

fn outcomes(tasks: &PeriodicTasks<Manager, SystemClock>) -> Vec<String> {
    let mut outcomes: Vec<_> = tasks
        .records()
        .iter()
        .map(|record| format!("{} {:?}", record.name().task(), record.outcome))
        .collect();
    outcomes.sort();
    outcomes
}

#[tokio::test(start_paused = true)]
async fn in_turn() {
    let mut tasks = tasks();
    for _ in 0..2 {
        tasks.run_periodic_tasks(&(), RaiseOnError::No).await.unwrap();
        assert_eq!(outcomes(&tasks), expected());
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn in_parallel() {
    let mut tasks = tasks();
    run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
    assert_eq!(outcomes(&tasks), expected());
}

/// The span of an inline run is entered inside the pass.
#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_each_entry_into_a_span_harms_no_run() {
    for enters in [true, false] {
        let _guard = panic_at_each_entry(enters);
        let mut tasks = tasks();
        run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
        assert_eq!(outcomes(&tasks), expected());
    }
}

struct Hanging;

#[periodic_manager]
impl Hanging {
    #[periodic_task(spacing = 10, run_immediately, inline)]
    async fn inline(&self) {
        let _bad = Bomb;
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 10, run_immediately)]
    async fn spawned(&self) {
        let _bad = Bomb;
        std::future::pending::<()>().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_pass_that_is_dropped_does_not_panic() {
    let mut tasks = PeriodicTasks::new(Hanging, SystemClock::new(), &Settings::default()).unwrap();
    for task in ["inline", "spawned"] {
        {
            let pass = pin!(tasks.run_periodic_tasks(&(), RaiseOnError::No));
            assert!(pass.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        let records = tasks.records();
        assert_eq!(records.len(), 1);
        assert_eq!((records[0].name().task(), records[0].outcome.label()), (task, "cancelled"));
    }
}
