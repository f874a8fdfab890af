use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::Runner;
use periodic::scheduler::ControlError;
use periodic::task::{Execution, Overlap, TaskName};
use tokio::time::Instant;

use super::stage::{Empty, Stage, every};

#[tokio::test(start_paused = true)]
async fn a_run_that_heeds_its_token_ends_in_the_grace_time() {
    let stage = Stage::new().await;
    stage.task(every("sweep", 10), |run| async move {
        run.cancelled().await;
        tokio::time::sleep(Duration::from_secs(2)).await;
    });
    stage.until(12).await;
    let (handle, before) = (stage.handle.clone(), Instant::now());
    handle.stop();
    assert!(stage.stopped().await.is_clean());
    assert_eq!(before.elapsed().as_secs(), 2);
    assert_eq!(handle.status_of("sweep").unwrap().counters.ok, 1);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_never_ends_is_cut_when_the_grace_time_is_over() {
    let stage = Stage::with(|builder| builder.grace(Duration::from_secs(7))).await;
    stage.task(every("hangs", 10), |_| std::future::pending::<()>());
    stage.until(12).await;
    let (handle, before) = (stage.handle.clone(), Instant::now());
    handle.stop();
    let stopped = stage.stopped().await;
    assert_eq!(before.elapsed().as_secs(), 7);
    assert_eq!(stopped.cut()[0].as_str(), "Stage.hangs");
    assert!(!stopped.is_clean(), "{stopped}");
    assert!(stopped.stuck().is_empty());
    assert_eq!(stopped.to_string(), "runs were cut: Stage.hangs");
    assert_eq!(handle.status_of("hangs").unwrap().counters.cancelled, 1);
}

#[tokio::test(start_paused = true)]
async fn a_second_wish_ends_the_grace_time() {
    let stage = Stage::with(|builder| builder.grace(Duration::ZERO)).await;
    stage.task(every("hangs", 10), |_| std::future::pending::<()>());
    stage.until(12).await;
    let (handle, before) = (stage.handle.clone(), Instant::now());
    handle.stop();
    tokio::time::sleep(Duration::from_secs(1_000)).await;
    handle.stop_now();
    assert_eq!(stage.stopped().await.cut().len(), 1, "a grace time of zero waits for ever");
    assert_eq!(before.elapsed().as_secs(), 1_000);
}

#[tokio::test(start_paused = true)]
async fn nothing_starts_after_a_stop_and_what_waits_is_recorded() {
    let stage = Stage::new().await;
    stage.lasting(every("queues", 10).overlap(Overlap::Queue), 25);
    stage.until(32).await;
    let handle = stage.handle.clone();
    handle.stop();
    let _ = stage.stopped().await;
    let outcomes: Vec<_> = handle.records().iter().map(|record| format!("{:?}", record.outcome)).collect();
    assert_eq!(
        outcomes,
        ["Skipped(Overlap)", "Skipped(Stopping)", "Ok"],
        "30 overlaps, 20 was held, 10 ends"
    );
    assert!(handle.trigger("queues").is_err());
}

#[tokio::test(start_paused = true)]
async fn an_idle_service_stops_at_once() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    stage.until(25).await;
    let before = Instant::now();
    stage.handle.stop();
    let _ = stage.stopped().await;
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn an_inline_run_that_is_cut_is_named() {
    let stage = Stage::new().await;
    stage.task(every("hangs", 10).execution(Execution::Inline), |_| std::future::pending::<()>());
    stage.until(12).await;
    let handle = stage.handle.clone();
    handle.stop();
    assert_eq!(stage.stopped().await.cut()[0].as_str(), "Stage.hangs");
    assert_eq!(handle.status_of("hangs").unwrap().counters.cancelled, 1);
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_heard_between_two_inline_runs() {
    let stage = Stage::new().await;
    let runs = Arc::new(AtomicU32::new(0));
    // Each runs the other at once, so the runner never sleeps.
    for (name, other) in [("ping", "pong"), ("pong", "ping")] {
        let (control, count) = (stage.handle.clone(), Arc::clone(&runs));
        stage.task(every(name, 10).execution(Execution::Inline), move |_| {
            let run = count.fetch_add(1, Ordering::SeqCst);
            if run == 5 {
                control.stop();
            }
            // Bounded, so that a runner that never listens fails here and does not hang.
            let _ = (run < 1_000).then(|| control.trigger(other));
            async {}
        });
    }
    let _ = stage.handle.trigger("ping").unwrap();
    let _ = stage.stopped().await;
    assert_eq!(runs.load(Ordering::SeqCst), 6);
}

#[tokio::test(start_paused = true)]
async fn what_an_added_task_holds_is_let_go_at_the_end() {
    let stage = Stage::new().await;
    let (token, handle) = (Arc::new(()), stage.handle.clone());
    let (hold, control) = (Arc::clone(&token), handle.clone());
    stage.task(every("holds", 10), move |_| {
        let _ = (&hold, &control);
        async {}
    });
    stage.until(12).await;
    handle.stop();
    let _ = stage.stopped().await;
    assert_eq!(Arc::strong_count(&token), 1);
}

#[tokio::test(start_paused = true)]
async fn a_runner_that_is_dropped_before_it_ran_takes_no_orders() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    handle.add(TaskName::new("Stage", "poll").unwrap(), every("poll", 10), |_| async {}).unwrap();
    drop(runner);
    assert_eq!(handle.trigger("poll"), Err(ControlError::Stopping));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_are_asked_to_end_while_an_inline_one_holds_the_runner() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let (says, mut said) = tokio::sync::mpsc::unbounded_channel();
    let waits = says.clone();
    handle
        .add(TaskName::new("Test", "waits").unwrap(), every("waits", 3_600).run_immediately(), move |run| {
            let waits = waits.clone();
            async move {
                waits.send("waits").unwrap();
                run.cancelled().await;
                waits.send("asked to end").unwrap();
            }
        })
        .unwrap();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = std::sync::Mutex::new(released);
    let holds = every("holds", 3_600).execution(Execution::Inline);
    handle
        .add_blocking(TaskName::new("Test", "holds").unwrap(), holds, move |_| {
            says.send("holds").unwrap();
            released.lock().unwrap().recv().unwrap();
        })
        .unwrap();
    let running = tokio::spawn(runner.run());
    let mut next = async || tokio::time::timeout(Duration::from_secs(30), said.recv()).await;
    assert_eq!(next().await, Ok(Some("waits")));
    let _ = handle.trigger("holds").unwrap();
    assert_eq!(next().await, Ok(Some("holds")));
    handle.stop();
    assert_eq!(next().await, Ok(Some("asked to end")));
    release.send(()).unwrap();
    let stopped = running.await.unwrap();
    assert!(stopped.cut().is_empty(), "{stopped}");
    assert!(stopped.status()[0].due_in.is_some(), "as it was when the stop began");
}

#[tokio::test(start_paused = true)]
async fn an_inline_run_that_panics_when_it_is_cut_does_not_stop_the_stop() {
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("cut");
        }
    }

    let stage = Stage::with(|builder| builder.grace(Duration::from_secs(7))).await;
    stage.task(every("hangs", 10).execution(Execution::Inline), |_| async {
        let _bomb = Bomb;
        std::future::pending::<()>().await;
    });
    stage.until(12).await;
    let handle = stage.handle.clone();
    handle.stop();
    assert_eq!(stage.stopped().await.cut()[0].as_str(), "Stage.hangs");
    assert_eq!(handle.status_of("hangs").unwrap().counters.cancelled, 1);
}
