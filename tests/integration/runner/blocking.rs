use std::sync::mpsc;
use std::time::Duration;

use periodic::task::Execution;

use super::stage::{Stage, every, soon};

#[tokio::test(start_paused = true)]
async fn plain_work_runs_on_another_thread_and_its_panic_is_caught() {
    let stage = Stage::new().await;
    let here = std::thread::current().id();
    stage.plain(every("count", 10), move |_| {
        if std::thread::current().id() == here { Err("on the runner's thread") } else { Ok(()) }
    });
    stage.plain(every("bad", 10), |_| -> () { panic!("no luck") });
    stage.until(35).await;
    soon(|| stage.status("count").counters.ok == 3 && stage.status("bad").counters.panicked == 3).await;
    assert_eq!(stage.starts("bad"), [10, 20, 30]);
}

#[tokio::test(start_paused = true)]
async fn an_inline_plain_task_runs_on_the_runners_thread() {
    let stage = Stage::new().await;
    let here = std::thread::current().id();
    stage.plain(every("count", 10).execution(Execution::Inline), move |_| {
        if std::thread::current().id() == here { Ok(()) } else { Err("on another thread") }
    });
    stage.until(35).await;
    assert_eq!(stage.outcomes("count"), ["Ok x1", "Ok x1", "Ok x1"]);
}

#[tokio::test(start_paused = true)]
async fn blocking_work_past_its_timeout_is_abandoned_and_counts_as_going() {
    let stage = Stage::new().await;
    let (release, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    stage.plain(every("stuck", 10).timeout(Duration::from_secs(5)), move |_| {
        wait.lock().unwrap().recv().ok();
    });
    stage.until(10).await;
    soon(|| !stage.starts("stuck").is_empty()).await;
    // While blocking work is going, paused time moves only when it is told to.
    for _ in 0..25 {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    soon(|| stage.status("stuck").counters.timed_out == 1).await;
    let status = stage.status("stuck");
    assert!(status.going[0].abandoned);
    assert_eq!(status.counters.skipped_in_all(), 2, "slots 20 and 30 find it going");
    release.send(()).unwrap();
    soon(|| stage.status("stuck").going.is_empty()).await;
    assert_eq!(
        stage.outcomes("stuck"),
        ["TimedOut x1", "Skipped(Overlap) x2"],
        "its late end records nothing more"
    );
    drop(release);
}

#[test]
fn what_still_queues_for_a_thread_at_its_timeout_never_begins() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.max_blocking_threads(1).enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let stage = Stage::new().await;
        let (release, wait) = mpsc::channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        stage.plain(every("occupies", 100).run_immediately(), move |_| {
            wait.lock().unwrap().recv().ok();
        });
        stage.until(0).await;
        soon(|| !stage.starts("occupies").is_empty()).await;
        stage.plain(every("queues", 100).run_immediately().timeout(Duration::from_secs(5)), |_| ());
        soon(|| !stage.status("queues").going.is_empty()).await;
        tokio::time::advance(Duration::from_secs(6)).await;
        soon(|| stage.status("queues").counters.timed_out == 1).await;
        release.send(()).unwrap();
        soon(|| stage.status("queues").going.is_empty()).await;
        assert_eq!(stage.starts("queues"), [] as [u64; 0]);
        assert_eq!(stage.outcomes("queues"), ["TimedOut x1"]);
    });
}
