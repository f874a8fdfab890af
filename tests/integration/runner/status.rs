//! The status after ended runs, and after a reset.

use std::num::NonZeroUsize;
use std::time::Duration;

use periodic::scheduler::{StatusTable, TaskState};
use periodic::task::{Jitter, Next, Outcome, RetrySpec, TaskError};

use super::stage::{Stage, every};

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

#[tokio::test(start_paused = true)]
async fn runs_are_summed_up() {
    let one = NonZeroUsize::MIN;
    let stage = Stage::with(|builder| builder.limit(one)).await;
    stage.lasting(every("first", 10), 4);
    stage.lasting(every("second", 10), 2);
    assert_eq!(stage.status("second").counters.average_waited(), None);
    stage.until(35).await;
    let [first, second] = ["first", "second"].map(|task| stage.status(task));
    assert_eq!((first.counters.total_elapsed(), first.counters.average_elapsed()), (secs(12), Some(secs(4))));
    assert_eq!(first.counters.total_waited(), secs(0));
    assert_eq!(second.counters.runs, 3, "the third is going, and not summed up");
    assert_eq!((second.counters.total_elapsed(), second.counters.ended()), (secs(4), 2));
    assert_eq!((second.counters.total_waited(), second.counters.average_waited()), (secs(8), Some(secs(4))));
    let last = second.last_run.unwrap();
    assert_eq!((last.elapsed(), last.lateness()), (Some(secs(2)), Some(secs(4))));
    assert_eq!(second.due.unwrap() - last.first.at, secs(20));
}

#[tokio::test(start_paused = true)]
async fn jitter_is_late_on_purpose_and_no_wait() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 100).jitter(Jitter::UpTo(secs(50))), 0);
    stage.until(1_000).await;
    let status = stage.status("poll");
    assert!(status.last_run.unwrap().lateness().unwrap() > secs(0));
    // Tokio's timers are a millisecond fine.
    assert!(status.counters.average_waited().unwrap() <= Duration::from_millis(1));
}

#[tokio::test(start_paused = true)]
async fn the_last_failure_stays_when_a_run_ends_well() {
    let stage = Stage::new().await;
    stage.task(every("poll", 10), |run| async move {
        if run.window().start.is_none() && run.slot().at.as_nanos() % 2 == 0 {
            Err("no route")
        } else {
            Ok(())
        }
    });
    stage.until(15).await;
    let failed = stage.status("poll");
    assert_eq!(failed.last_failure, failed.last_run);
    let failure = failed.last_failure.unwrap();
    assert_eq!(failure.outcome, Outcome::Failed(TaskError::new("no route")));
    stage.handle.pause("poll").unwrap();
    stage.until(25).await;
    stage.handle.resume("poll").unwrap();
    let paused = stage.status("poll");
    assert_eq!(paused.last.unwrap().outcome.label(), "skipped");
    assert_eq!(paused.last_run, Some(failure));
}

#[tokio::test(start_paused = true)]
async fn a_task_that_asked_to_stop_says_so() {
    let stage = Stage::new().await;
    stage.task(every("once", 10), |_| async { Next::Never });
    stage.lasting(every("thrice", 10).max_runs(3.try_into().unwrap()), 0);
    stage.until(45).await;
    let [once, thrice] = ["once", "thrice"].map(|task| stage.status(task));
    assert_eq!((once.state, once.counters.runs, once.ended_by_run), (TaskState::Done, 1, true));
    assert_eq!((thrice.state, thrice.counters.runs, thrice.ended_by_run), (TaskState::Done, 3, false));
}

#[tokio::test(start_paused = true)]
async fn a_reset_keeps_the_runs_that_are_going_and_what_was_last() {
    let stage = Stage::new().await;
    stage.lasting(every("sweep", 10), 15);
    stage.lasting(every("poll", 10), 1);
    stage.until(32).await;
    stage.handle.reset_counters("sweep").unwrap();
    let sweep = stage.status("sweep");
    assert_eq!((sweep.counters.runs, sweep.counters.ok, sweep.counters.skipped_in_all()), (1, 0, 0));
    assert_eq!(sweep.counters.total_elapsed(), secs(0));
    assert!(sweep.last_run.is_some());
    assert_eq!(stage.status("poll").counters.ok, 3);
    stage.until(47).await;
    let sweep = stage.status("sweep").counters;
    assert_eq!((sweep.runs, sweep.ok, sweep.skipped_in_all()), (1, 1, 1), "40 is after the reset");
    stage.handle.reset_all_counters();
    assert!(stage.handle.status().iter().all(|task| task.counters.ended() == 0));
    assert!(stage.handle.reset_counters("swep").is_err());
}

#[tokio::test(start_paused = true)]
async fn a_reset_in_a_back_off_forgets_its_attempts_and_keeps_its_run() {
    let stage = Stage::new().await;
    let retry = RetrySpec::new(4.try_into().unwrap()).doubling(secs(2));
    stage.task(every("poll", 60).retry(retry), |_| async { Err::<(), _>("no route") });
    stage.until(63).await;
    let table = || StatusTable::new(stage.handle.status()).columns(["state", "runs", "retries"]).unwrap();
    assert_eq!(table().to_string(), "state     runs  retries\nretrying     1        1\n");
    stage.handle.reset_counters("poll").unwrap();
    assert_eq!(table().to_string(), "state     runs  retries\nretrying     1        0\n");
    stage.until(75).await;
    let poll = stage.status("poll");
    assert_eq!((poll.counters.runs, poll.counters.retries, poll.counters.failed), (1, 2, 1));
    assert_eq!(poll.counters.total_elapsed(), secs(14), "from the first attempt, back-offs included");
    assert_eq!(poll.counters.total_waited(), secs(0), "until the first attempt");
}

#[tokio::test(start_paused = true)]
async fn status_prints_as_a_table() {
    let stage = Stage::new().await;
    stage.lasting(every("sweep", 60), 2);
    stage.task(every("poll", 10), |_| async { Err::<(), _>("no route\nto host") });
    stage.until(65).await;
    let table = StatusTable::new(stage.handle.status());
    let expected = "\
name         state  schedule   next  runs  ok  failed  skipped  elapsed  waited  took  last
Stage.sweep  idle   every 1m    55s     1   1       0        0       2s      0s    2s  ok
Stage.poll   idle   every 10s    5s     6   0       6        0       0s      0s    0s  failed
";
    assert_eq!(table.to_string(), expected);
    let table = table.columns(["error", "name"]).unwrap();
    assert_eq!(table.to_string(), "error     name\n-         Stage.sweep\nno route  Stage.poll\n");
}
