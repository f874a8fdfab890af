use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::task::{Execution, Next};
use periodic::time::Timestamp;

use super::stage::{Stage, every};

fn unlucky() {
    panic!("no luck");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_panics_each_time_stays_scheduled_and_harms_nobody() {
    let stage = Stage::new().await;
    stage.task(every("bad", 10), |_| async { unlucky() });
    stage.task(every("good", 10), |_| async {});
    stage.until(35).await;
    assert_eq!(stage.starts("bad"), [10, 20, 30]);
    assert_eq!(stage.starts("good"), [10, 20, 30]);
    assert_eq!(stage.status("bad").counters.panicked, 3);
    assert_eq!(stage.outcomes("bad")[0], "Panicked(\"no luck\") x1");
}

#[tokio::test(start_paused = true)]
async fn a_failure_keeps_its_words() {
    let stage = Stage::new().await;
    stage.task(every("audit", 10), |_| async { Err::<(), _>("the disk is full") });
    stage.until(15).await;
    assert_eq!(stage.outcomes("audit"), ["Failed(\"the disk is full\") x1"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_cuts_an_async_run() {
    let stage = Stage::new().await;
    stage.lasting(every("slow", 10).timeout(Duration::from_secs(4)), 25);
    stage.until(25).await;
    assert_eq!(stage.starts("slow"), [10, 20]);
    assert_eq!(stage.outcomes("slow"), ["TimedOut x1", "TimedOut x1"]);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_never_ends_delays_nobody() {
    let stage = Stage::new().await;
    stage.task(every("hangs", 10), |_| std::future::pending::<()>());
    stage.task(every("good", 10), |_| async {});
    stage.until(3_605).await;
    assert_eq!(stage.starts("hangs"), [10]);
    assert_eq!(stage.starts("good").len(), 360);
    assert_eq!(stage.status("hangs").counters.skipped_in_all(), 359);
}

#[tokio::test(start_paused = true)]
async fn a_run_asks_for_what_comes_after_it() {
    let stage = Stage::new().await;
    let runs = Arc::new(AtomicU32::new(0));
    stage.task(every("wish", 10), move |_| {
        let run = runs.fetch_add(1, Ordering::SeqCst);
        async move {
            match run {
                0 => Next::After(Duration::from_secs(3)),
                1 => Next::After(Duration::from_secs(30)),
                3 => Next::Never,
                _ => Next::OnSchedule,
            }
        }
    });
    stage.until(100).await;
    assert_eq!(stage.starts("wish"), [10, 13, 20, 30], "30 s later lies behind the next slot, so it is none");
}

#[tokio::test(start_paused = true)]
async fn the_window_begins_where_the_last_good_run_was() {
    let stage = Stage::new().await;
    let (send, mut windows) = tokio::sync::mpsc::unbounded_channel();
    stage.task(every("cover", 10), move |run| {
        let window = run.window();
        // Rounded, because the machine's own wall clock goes on below the paused time.
        let seconds = |time: Timestamp| (time.as_nanos() + 500_000_000) / 1_000_000_000;
        let length = window.start.map(|start| seconds(window.end) - seconds(start));
        send.send(length).unwrap();
        let good = run.slot().at.as_nanos() / 1_000_000_000 != 20;
        async move { if good { Ok(()) } else { Err("not this time") } }
    });
    stage.until(45).await;
    let lengths: Vec<_> = std::iter::from_fn(|| windows.try_recv().ok()).collect();
    assert_eq!(lengths, [None, Some(10), Some(20), Some(10)]);
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        unlucky();
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_panics_while_it_is_cut_harms_nobody() {
    let stage = Stage::new().await;
    for (name, execution) in [("spawned", Execution::Spawned), ("inline", Execution::Inline)] {
        stage.task(every(name, 10).timeout(Duration::from_secs(2)).execution(execution), |_| async {
            let _bad = PanicsWhenDropped;
            std::future::pending::<()>().await;
        });
    }
    stage.until(25).await;
    for task in ["spawned", "inline"] {
        assert_eq!(stage.starts(task), [10, 20]);
        assert_eq!(stage.status(task).counters.panicked, 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_asks_for_another_at_once_is_no_busy_loop() {
    let stage = Stage::new().await;
    stage.task(every("drain", 10), |_| async { Next::After(Duration::ZERO) });
    stage.until(11).await;
    let runs = stage.status("drain").counters.runs;
    // Tokio's timers may add a millisecond to each.
    assert!((500..=1_001).contains(&runs), "{runs} runs in a second");
}
