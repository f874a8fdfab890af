//! A run's span: it ends with the run, and is below no other.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::settings::RunSpans;
use periodic::settings::TaskSettings;
use periodic::task::{Execution, TaskName};
use periodic::{Runner, Settings, SystemClock, periodic_manager, periodic_task};
use tracing::level_filters::LevelFilter;
use tracing::{Instrument, info, info_span};

use super::stage::{Stage, every, soon};
use crate::spans::Spans;

async fn secs(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 100, run_immediately)]
    async fn spawned(&self) {
        info!("inside");
        secs(3).await;
    }

    #[periodic_task(spacing = 100, inline)]
    async fn inline(&self) -> Result<(), &'static str> {
        info!("inside");
        secs(5).await;
        Err("no luck")
    }

    #[periodic_task(spacing = 100, timeout = 4)]
    async fn cut(&self) {
        std::future::pending::<()>().await;
    }
}

#[tokio::test(start_paused = true)]
async fn it_ends_with_the_run_and_is_a_root() {
    let spans = Spans::new();
    let _guard = spans.listen();
    let runner = Runner::builder(Manager).build().unwrap();
    let service = runner.run_until(secs(250)).instrument(info_span!("service"));
    let _ = service.await;
    let run = |from: u64, to: u64, task: &str, outcome: &str| {
        format!("run {from}..{to} manager=\"Manager\" task=\"{task}\" attempt=1 outcome={outcome}")
    };
    assert_eq!(
        spans.closed(),
        [
            run(0, 3, "spawned", "\"ok\""),
            run(100, 103, "spawned", "\"ok\""),
            // The inline one holds up those after it.
            run(100, 105, "inline", "\"failed\" cause=no luck"),
            run(105, 109, "cut", "\"timed_out\""),
            run(200, 203, "spawned", "\"ok\""),
            run(200, 205, "inline", "\"failed\" cause=no luck"),
            run(205, 209, "cut", "\"timed_out\""),
            "service 0..250".to_owned(),
        ]
    );
    assert_eq!(spans.events("inside"), ["message=inside in run"; 5]);
}

#[tokio::test(start_paused = true)]
async fn a_line_about_a_run_names_it_once_and_is_in_no_other_span() {
    let spans = Spans::new();
    let _guard = spans.listen();
    let stage = Stage::new().await;
    stage.task(every("fails", 10), |_| async { Err::<(), _>("no luck") });
    let handle = stage.handle.clone();
    // Its controls decide slots of the other task.
    stage.task(every("controls", 25).execution(Execution::Inline), move |_| {
        let handle = handle.clone();
        async move { handle.pause("fails").map_err(|error| error.to_string()) }
    });
    stage.until(55).await;
    stage.handle.resume("fails").unwrap();
    stage.until(65).await;
    let lines = spans.events("fails");
    assert!(lines.iter().any(|line| line.contains("reason=\"paused\"")), "{lines:?}");
    for line in lines {
        assert!(!line.contains(" in "), "{line}");
        assert_eq!(line.matches("task=").count(), 1, "{line}");
    }
}

#[tokio::test(start_paused = true)]
async fn its_level_is_an_option() {
    for (level, most, seen) in [
        (None, LevelFilter::DEBUG, 1),
        (None, LevelFilter::INFO, 0),
        (Some(RunSpans::Info), LevelFilter::INFO, 1),
        (Some(RunSpans::Off), LevelFilter::TRACE, 0),
    ] {
        for execution in [Execution::Spawned, Execution::Inline] {
            let spans = Spans::new();
            let _guard = spans.listen_at(most);
            // The builder's level is that in force.
            let stage = Stage::with(|builder| {
                let settings = Settings::new().service(|options| options.periodic_run_spans = RunSpans::Info);
                match level {
                    Some(level) => builder.settings(settings).run_spans(level),
                    None => builder,
                }
            })
            .await;
            stage.task(every("polls", 10).execution(execution), |_| async { info!("inside") });
            stage.until(15).await;
            assert_eq!(spans.closed().len(), seen, "{level:?} seen at {most}: {:?}", spans.closed());
            assert_eq!(spans.events("inside").len(), 1);
            stage.handle.stop();
            let _ = stage.stopped().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn that_of_a_run_that_is_cut_says_so() {
    for execution in [Execution::Spawned, Execution::Inline] {
        let spans = Spans::new();
        let _guard = spans.listen();
        let stage = Stage::with(|builder| builder.grace(Duration::from_secs(2))).await;
        stage.task(every("hangs", 10).execution(execution), |_| std::future::pending::<()>());
        stage.until(15).await;
        stage.handle.stop();
        assert_eq!(stage.stopped().await.cut().len(), 1);
        assert_eq!(
            spans.closed(),
            ["run 10..17 manager=\"Stage\" task=\"hangs\" attempt=1 outcome=\"cancelled\""]
        );
    }
}

#[tokio::test]
async fn that_of_a_blocking_run_does_too() {
    let spans = Spans::new();
    // The pool's threads have the default of all: so the span is seen where it is made, and closed where it ends.
    let _guard = spans.listen();
    let stage = Stage::new().await;
    stage.plain(every("plain", 3_600).run_immediately(), |_| {});
    soon(|| !spans.closed().is_empty()).await;
    assert_eq!(spans.closed(), ["run 0..0 manager=\"Stage\" task=\"plain\" attempt=1 outcome=\"ok\""]);
}

/// As the record does: the run passed its timeout, or was given up, whatever its code did later.
#[tokio::test(start_paused = true)]
async fn that_of_blocking_work_says_what_is_recorded() {
    for (timeout, outcome) in [(Some(1), "timed_out"), (None, "cancelled")] {
        let spans = Spans::new();
        let _guard = spans.listen();
        let stage = Stage::with(|builder| builder.grace(Duration::from_secs(1))).await;
        let mut spec = every("plain", 3_600).run_immediately();
        spec.timeout = timeout.map(Duration::from_secs);
        let (go, gone) = mpsc::channel::<()>();
        let gone = Mutex::new(gone);
        stage.plain(spec, move |_| {
            let _ = gone.lock().unwrap().recv();
        });
        // Blocking work keeps the paused time from going on by itself: so the run begins before its timeout.
        soon(|| !stage.starts("plain").is_empty()).await;
        tokio::time::advance(Duration::from_secs(2)).await;
        soon(|| timeout.is_none() || !stage.outcomes("plain").is_empty()).await;
        stage.handle.stop();
        let handle = stage.handle.clone();
        let time_goes_on = async {
            loop {
                tokio::time::advance(Duration::from_secs(1)).await;
            }
        };
        let stopped = tokio::select! {
            stopped = stage.stopped() => stopped,
            () = time_goes_on => unreachable!("it has no end"),
        };
        assert_eq!(stopped.stuck().len(), 1);
        assert_eq!(handle.records()[0].outcome.label(), outcome);
        drop(go);
        soon(|| !spans.closed().is_empty()).await;
        assert!(spans.closed()[0].ends_with(&format!("outcome={outcome:?}")), "{:?}", spans.closed());
    }
}

/// A run that waits for a thread has not begun. The record of one that never begins is of no run.
#[test]
fn it_begins_with_the_run() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.max_blocking_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let spans = Spans::new();
        let _guard = spans.listen();
        let stage = Stage::new().await;
        let (go, gone) = mpsc::channel::<()>();
        let busy = tokio::task::spawn_blocking(move || gone.recv());
        stage.plain(every("plain", 3_600).run_immediately(), |_| {});
        let is_handed_out = || !stage.status("plain").going.is_empty();
        soon(is_handed_out).await;
        stage.handle.pause("plain").unwrap();
        drop(go);
        busy.await.unwrap().unwrap_err();
        tokio::task::spawn_blocking(|| {}).await.unwrap();
        assert_eq!(stage.outcomes("plain"), ["Skipped(Paused) x1"]);
        assert_eq!(spans.closed(), [""; 0]);
    });
}

#[tokio::test(start_paused = true)]
async fn those_of_a_pass_that_is_dropped_say_so() {
    let spans = Spans::new();
    let _guard = spans.listen();
    let mut tasks = PeriodicTasks::new(Hanging, SystemClock::new(), &Settings::default()).unwrap();
    let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No);
    assert!(tokio::time::timeout(Duration::from_secs(3), pass).await.is_err());
    tokio::task::yield_now().await;
    let run = |task| format!("run 0..3 manager=\"Hanging\" task=\"{task}\" attempt=1 outcome=\"cancelled\"");
    assert_eq!(spans.closed(), ["inline", "spawned"].map(run));
}

struct Hanging;

#[periodic_manager]
impl Hanging {
    #[periodic_task(spacing = 100, run_immediately)]
    async fn spawned(&self) {
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 100, run_immediately, inline)]
    async fn inline(&self) {
        std::future::pending::<()>().await;
    }
}

/// Controls inside a run write lines about other tasks.
#[tokio::test(start_paused = true)]
async fn a_line_of_a_control_is_in_the_span_of_no_run() {
    let spans = Spans::new();
    let _guard = spans.listen();
    let runner = Runner::builder(Manager).build().unwrap();
    let handle = runner.handle();
    let own = runner.handle();
    let name = |task| TaskName::new("Manager", task).unwrap();
    let controls = move |_| {
        let odd = every("odd", 10).timeout(Duration::from_secs(20));
        own.add(name("odd"), odd, |_| async {}).unwrap();
        let cron = TaskSettings::new().cron("30 2 * * *".parse().unwrap()).tz("Europe/Berlin");
        own.reload(&Settings::new().task("Manager.spawned", cron)).unwrap();
        async {}
    };
    handle.add(name("controls"), every("controls", 3_600).run_immediately(), controls).unwrap();
    let _ = runner.run_until(secs(1)).await;
    let lines = spans.events("task=");
    for part in ["runs can overlap", "a setting changed", "the clocks are set forward"] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:?}");
    }
    assert!(lines.iter().all(|line| !line.contains(" in run")), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn those_of_a_pass_do_too() {
    let spans = Spans::new();
    let _guard = spans.listen();
    let mut tasks = PeriodicTasks::new(Manager, SystemClock::new(), &Settings::default()).unwrap();
    secs(100).await;
    let pass = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No);
    pass.instrument(info_span!("pass")).await.unwrap();
    let run = |from: u64, to: u64, task: &str, outcome: &str| {
        format!("run {from}..{to} manager=\"Manager\" task=\"{task}\" attempt=1 outcome={outcome}")
    };
    // The inline one holds up the pass.
    assert_eq!(
        spans.closed(),
        [
            run(100, 103, "spawned", "\"ok\""),
            run(100, 105, "inline", "\"failed\" cause=no luck"),
            run(105, 109, "cut", "\"timed_out\""),
            "pass 100..109".to_owned(),
        ]
    );
    assert_eq!(spans.events("inside"), ["message=inside in run"; 2]);
    assert!(spans.events("task=").iter().all(|line| !line.contains(" in ")));
}
