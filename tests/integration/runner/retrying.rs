//! Attempts at a slot after the first.

use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use periodic::scheduler::{SlotRecord, TaskState, Triggered};
use periodic::task::{Execution, Interval, Jitter, Outcome, Overlap, RetrySpec, Run, TaskError};

use super::stage::{Stage, every, soon};

/// This number of attempts; their first and longest distance in seconds.
fn retry(attempts: u32, first: u64, longest: u64) -> RetrySpec {
    let [first, longest] = [first, longest].map(Duration::from_secs);
    RetrySpec::new(attempts.try_into().unwrap()).doubling(first).ceiling(longest)
}

/// Fails before its third attempt.
async fn third_time_lucky(run: Run) -> Result<(), String> {
    if run.attempt() < 3 { Err(format!("attempt {}", run.attempt())) } else { Ok(()) }
}

async fn fails(_: Run) -> Result<(), &'static str> {
    Err("no luck")
}

fn record(stage: &Stage, task: &str) -> SlotRecord {
    stage.handle.records().into_iter().find(|record| record.name().task() == task).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_back_off_doubles_and_the_slot_ends_as_its_last_attempt() {
    let stage = Stage::new().await;
    stage.task(every("fails", 60).retry(retry(5, 5, 15)), fails);
    stage.task(every("recovers", 60).retry(retry(5, 5, 15)), third_time_lucky);
    stage.until(119).await;
    assert_eq!(stage.starts("fails"), [60, 65, 75, 90, 105]);
    assert_eq!(stage.outcomes("fails"), ["Failed(\"no luck\") x1"]);
    assert_eq!(stage.starts("recovers"), [60, 65, 75]);
    assert_eq!(stage.outcomes("recovers"), ["Ok x1"]);
    let counters = stage.status("recovers").counters;
    assert_eq!((counters.runs, counters.retries, counters.ok, counters.failed), (1, 2, 1, 0));
}

#[tokio::test(start_paused = true)]
async fn history_shows_each_attempt() {
    let stage = Stage::new().await;
    stage.task(every("recovers", 60).retry(retry(5, 5, 15)), |run| async move {
        tokio::time::sleep(Duration::from_secs(2)).await;
        third_time_lucky(run).await
    });
    stage.task(every("plain", 60), |_| async {});
    stage.until(119).await;
    let recovers = record(&stage, "recovers");
    assert_eq!(
        (recovers.attempted(), recovers.elapsed()),
        (3, Some(Duration::from_secs(2 + 5 + 2 + 10 + 2)))
    );
    let begun = recovers.started.unwrap();
    let attempts: Vec<_> = recovers
        .attempts
        .iter()
        .map(|attempt| {
            (
                (attempt.started - begun).as_secs(),
                (attempt.ended - attempt.started).as_secs(),
                attempt.outcome.clone(),
            )
        })
        .collect();
    let failed = |text: &str| Outcome::Failed(TaskError::new(text));
    assert_eq!(attempts, [(0, 2, failed("attempt 1")), (7, 2, failed("attempt 2")), (19, 2, Outcome::Ok)]);
    assert_eq!((record(&stage, "plain").attempted(), record(&stage, "plain").attempts.len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_starts_at_or_after_the_next_slot() {
    let stage = Stage::new().await;
    stage.task(every("before", 20).retry(retry(5, 8, 8)), fails);
    stage.task(every("at", 20).retry(retry(5, 10, 10)), fails);
    stage.until(41).await;
    assert_eq!(stage.starts("before"), [20, 28, 36, 40]);
    assert_eq!(stage.starts("at"), [20, 30, 40]);
    assert_eq!(stage.status("before").counters.skipped_in_all(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_in_progress_goes_on_past_the_next_slot_and_is_the_last() {
    let stage = Stage::new().await;
    stage.task(every("slow", 20).retry(retry(5, 1, 1)), |run| async move {
        if run.attempt() == 2 {
            tokio::time::sleep(Duration::from_secs(25)).await;
        }
        fails(run).await
    });
    stage.until(59).await;
    assert_eq!(stage.starts("slow"), [20, 21]);
    assert_eq!(stage.outcomes("slow"), ["Failed(\"no luck\") x1", "Skipped(Overlap) x1"]);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_backs_off_takes_no_place_of_the_limit() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    stage.task(every("fails", 60).retry(retry(2, 20, 20)), fails);
    stage.lasting(every("other", 70), 5);
    stage.until(79).await;
    assert_eq!(stage.starts("other"), [70]);
    assert_eq!(stage.status("fails").state, TaskState::Going);
    stage.until(81).await;
    assert_eq!(stage.starts("fails"), [60, 80]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_waits_for_its_place_until_the_next_slot_is_over() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    stage.task(every("fails", 60).retry(retry(3, 20, 20)), fails);
    stage.lasting(every("hog", 70), 100);
    stage.until(119).await;
    assert_eq!(stage.status("fails").going[0].attempt, 2);
    assert_eq!(stage.outcomes("fails"), [] as [&str; 0]);
    stage.until(121).await;
    assert_eq!(stage.outcomes("fails"), ["Failed(\"no luck\") x1"]);
    assert_eq!(record(&stage, "fails").attempted(), 1);
    let going = stage.status("fails").going;
    assert_eq!((going[0].attempt, going[0].failed.clone()), (1, None), "the slot at 120 waits in its stead");
    stage.until(171).await;
    assert_eq!(stage.starts("fails"), [60, 170]);
}

#[tokio::test(start_paused = true)]
async fn panics_and_timeouts_are_retried() {
    let stage = Stage::new().await;
    let spec = every("panics", 60).retry(retry(2, 5, 5));
    stage.task(spec, |run| async move {
        assert!(run.attempt() > 1, "no luck");
    });
    let spec = every("hangs", 60).retry(retry(3, 5, 5)).timeout(Duration::from_secs(3));
    stage.task(spec, |_| std::future::pending::<()>());
    stage.until(119).await;
    assert_eq!(stage.starts("panics"), [60, 65]);
    assert_eq!(stage.outcomes("panics"), ["Ok x1"]);
    assert_eq!(stage.starts("hangs"), [60, 68, 76]);
    assert_eq!(stage.outcomes("hangs"), ["TimedOut x1"]);
}

#[tokio::test(start_paused = true)]
async fn blocking_work_is_retried_where_it_has_ended() {
    let stage = Stage::new().await;
    let spec = every("fails", 60).retry(retry(2, 5, 5));
    stage.plain(spec, |_| Err::<(), _>("no luck"));
    stage.until(60).await;
    soon(|| stage.status("fails").going.first().is_some_and(|going| going.attempt == 2)).await;
    stage.until(66).await;
    soon(|| stage.status("fails").counters.failed == 1).await;
    assert_eq!(stage.starts("fails"), [60, 65]);
}

#[tokio::test(start_paused = true)]
async fn blocking_work_past_its_timeout_is_not_retried() {
    let stage = Stage::new().await;
    let (release, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let spec = every("stuck", 60).retry(retry(3, 5, 5)).timeout(Duration::from_secs(3));
    stage.plain(spec, move |_| {
        wait.lock().unwrap().recv().ok();
        Err::<(), _>("too late")
    });
    stage.until(60).await;
    soon(|| !stage.starts("stuck").is_empty()).await;
    for _ in 0..4 {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    soon(|| stage.status("stuck").counters.timed_out == 1).await;
    release.send(()).unwrap();
    soon(|| stage.status("stuck").going.is_empty()).await;
    stage.until(119).await;
    assert_eq!(stage.starts("stuck"), [60]);
    assert_eq!(stage.outcomes("stuck"), ["TimedOut x1"]);
}

#[tokio::test(start_paused = true)]
async fn an_inline_task_does_not_hold_the_runner_while_it_backs_off() {
    let stage = Stage::new().await;
    let spec = every("inline", 60).execution(Execution::Inline).retry(retry(3, 20, 20));
    stage.task(spec, third_time_lucky);
    stage.lasting(every("other", 70), 1);
    stage.until(119).await;
    assert_eq!(stage.starts("inline"), [60, 80, 100]);
    assert_eq!(stage.starts("other"), [70]);
}

#[tokio::test(start_paused = true)]
async fn status_says_which_attempt_is_due_when_and_why() {
    let stage = Stage::new().await;
    stage.task(every("fails", 60).retry(retry(3, 5, 20)), fails);
    stage.until(67).await;
    let status = stage.status("fails");
    assert_eq!(status.state, TaskState::Going);
    let going = &status.going[0];
    assert_eq!((going.attempt, going.started), (3, None));
    let failed = going.failed.as_ref().unwrap();
    assert_eq!(failed.outcome, Outcome::Failed(TaskError::new("no luck")));
    assert_eq!(going.retry_at.unwrap() - failed.ended, Duration::from_secs(10));
}

/// A control that ends a wait for a retry leaves the slot with its last attempt's outcome.
#[tokio::test(start_paused = true)]
async fn a_control_that_lets_nothing_start_ends_the_wait() {
    let stage = Stage::new().await;
    for task in ["paused", "disabled", "removed"] {
        stage.task(every(task, 60).retry(retry(3, 10, 10)), fails);
    }
    stage.until(65).await;
    stage.handle.pause("paused").unwrap();
    stage.handle.disable("disabled").unwrap();
    stage.handle.remove("removed").unwrap();
    for task in ["paused", "disabled", "removed"] {
        assert_eq!(stage.outcomes(task), ["Failed(\"no luck\") x1"], "{task}");
    }
    stage.until(119).await;
    for task in ["paused", "disabled", "removed"] {
        assert_eq!(stage.starts(task), [60], "{task}");
    }
    assert!(stage.status("paused").going.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_fails_after_its_task_was_paused_is_not_retried() {
    let stage = Stage::new().await;
    stage.task(every("fails", 60).retry(retry(3, 10, 10)), |run| async move {
        tokio::time::sleep(Duration::from_secs(10)).await;
        fails(run).await
    });
    stage.until(65).await;
    stage.handle.pause("fails").unwrap();
    stage.until(119).await;
    assert_eq!(stage.starts("fails"), [60]);
    assert_eq!(stage.outcomes("fails"), ["Failed(\"no luck\") x1"]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_does_not_wait_for_a_retry() {
    let stage = Stage::new().await;
    stage.task(every("fails", 60).retry(retry(3, 10, 10)), fails);
    stage.until(65).await;
    let (handle, before) = (stage.handle.clone(), tokio::time::Instant::now());
    handle.stop();
    assert!(stage.stopped().await.cut().is_empty());
    assert_eq!(before.elapsed(), Duration::ZERO);
    let counters = handle.status_of("fails").unwrap().counters;
    assert_eq!((counters.failed, counters.skipped_in_all()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn overlap_decides_of_a_trigger_that_comes_meanwhile() {
    let stage = Stage::new().await;
    stage.task(every("skips", 60).retry(retry(3, 20, 20)), fails);
    stage.task(every("replaces", 60).retry(retry(3, 20, 20)).overlap(Overlap::Replace), fails);
    stage.task(every("queues", 60).retry(retry(2, 20, 20)).overlap(Overlap::Queue), fails);
    stage.until(65).await;
    assert_eq!(stage.handle.trigger("skips"), Ok(Triggered::Skipped));
    assert_eq!(stage.handle.trigger("replaces"), Ok(Triggered::Starts));
    assert_eq!(stage.outcomes("replaces"), ["Failed(\"no luck\") x1"]);
    assert_eq!(stage.handle.trigger("queues"), Ok(Triggered::Queued));
    stage.until(110).await;
    assert_eq!(stage.starts("skips"), [60, 80, 100]);
    assert_eq!(stage.starts("replaces"), [60, 65, 85, 105], "the trigger's own attempts");
    assert_eq!(stage.starts("queues"), [60, 80, 80, 100]);
}

#[tokio::test(start_paused = true)]
async fn a_spacing_that_becomes_shorter_ends_the_wait() {
    let stage = Stage::new().await;
    stage.task(every("fails", 60).retry(retry(3, 30, 30)), fails);
    stage.until(65).await;
    stage.handle.set_spacing("fails", Interval::from_secs(20)).unwrap();
    stage.until(81).await;
    assert_eq!(stage.starts("fails"), [60, 80]);
    assert_eq!(stage.outcomes("fails")[0], "Failed(\"no luck\") x1");
    assert_eq!(stage.status("fails").counters.skipped_in_all(), 0);
}

#[tokio::test(start_paused = true)]
async fn max_runs_counts_a_slot_once_and_the_last_one_is_retried() {
    let stage = Stage::new().await;
    let two = NonZeroU64::new(2).unwrap();
    stage.task(every("twice", 20).max_runs(two).retry(retry(3, 5, 5)), third_time_lucky);
    stage.until(100).await;
    assert_eq!(stage.starts("twice"), [20, 25, 30, 40, 45, 50]);
    assert_eq!(stage.outcomes("twice"), ["Ok x1", "Ok x1"]);
    assert_eq!(stage.status("twice").state, TaskState::Done);
}

#[tokio::test(start_paused = true)]
async fn from_finish_counts_from_the_end_of_the_last_attempt() {
    let stage = Stage::new().await;
    stage.task(every("delay", 10).from_finish().retry(retry(3, 25, 25)), third_time_lucky);
    stage.until(125).await;
    assert_eq!(stage.starts("delay"), [10, 35, 60, 70, 95, 120]);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_the_window_of_its_slot() {
    let stage = Stage::new().await;
    let windows: Arc<Mutex<Vec<_>>> = Arc::default();
    let noted = Arc::clone(&windows);
    let spec = every("sweep", 60).overlap(Overlap::Allow(2)).retry(retry(3, 10, 10));
    stage.task(spec, move |run| {
        noted.lock().unwrap().push((run.attempt(), run.window()));
        let fails = run.slot().kind == periodic::task::SlotKind::Scheduled;
        async move { if fails { third_time_lucky(run).await } else { Ok(()) } }
    });
    stage.until(65).await;
    // A trigger that ends `Ok` moves the start of windows to come, not of this one.
    assert_eq!(stage.handle.trigger("sweep"), Ok(Triggered::Starts));
    stage.until(141).await;
    let windows = windows.lock().unwrap();
    let attempts: Vec<_> = windows.iter().map(|(attempt, _)| *attempt).collect();
    assert_eq!(attempts, [1, 1, 2, 3, 1, 2, 3]);
    let [first, trigger, .., last] = &windows[..] else { unreachable!() };
    assert!(windows[2..4].iter().all(|(_, window)| *window == first.1), "{windows:#?}");
    assert_eq!(first.1.start, None);
    assert_eq!(last.1.start, Some(trigger.1.end));
}

#[tokio::test(start_paused = true)]
async fn a_jittered_back_off_lies_in_its_upper_half_and_differs() {
    let stage = Stage::new().await;
    stage.task(every("fails", 300).retry(retry(20, 8, 8).jitter()), fails);
    stage.until(599).await;
    let attempts = record(&stage, "fails").attempts;
    let between = attempts.windows(2).map(|pair| pair[1].started - pair[0].ended);
    let mut delays: Vec<_> = between.collect();
    assert_eq!(delays.len(), 19);
    let half = Duration::from_secs(4);
    assert!(delays.iter().all(|delay| (half..=2 * half).contains(delay)), "{delays:?}");
    delays.sort();
    delays.dedup();
    assert!(delays.len() > 15, "{delays:?}");
}

#[tokio::test(start_paused = true)]
async fn the_slot_ends_the_wait_and_not_the_run_that_its_jitter_moves() {
    let stage = Stage::with(|builder| builder.limit(NonZeroUsize::MIN)).await;
    let spec = every("fails", 60).jitter(Jitter::UpTo(Duration::from_secs(30))).retry(retry(2, 5, 5));
    stage.task(spec, fails);
    stage.lasting(every("hog", 10_000), 1_000);
    for second in 60..95 {
        stage.until(second).await;
        if stage.status("fails").going.first().is_some_and(|going| going.attempt == 2) {
            break;
        }
    }
    assert_eq!(stage.handle.trigger("hog"), Ok(Triggered::Starts));
    stage.until(119).await;
    assert_eq!(stage.status("fails").going[0].attempt, 2);
    stage.until(121).await;
    assert_eq!(stage.outcomes("fails"), ["Failed(\"no luck\") x1"]);
}
