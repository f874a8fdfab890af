//! The next run, and the values of a declaration.

use std::sync::atomic::Ordering;

use periodic::scheduler::{Scheduler, SchedulerOptions, TaskState};
use periodic::task::{Ended, Interval, Jitter, LeftOut, Next, Task, TaskName, TaskSpec};
use periodic::time::{Instant, Now, Timestamp};

use super::worker::{Worker, every_millis, millis};

/// The next run of a task that is added at 0, runs from 2 s until `finished` and so goes on.
fn next_run(spec: TaskSpec, finished: i64) -> Instant {
    let at = |secs| Now::new(Instant::from_secs(secs), Timestamp::from_secs(secs));
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
    scheduler.add(Task::new(TaskName::new("", "slow_periodic").unwrap(), spec), at(0)).unwrap();
    assert_eq!(scheduler.poll(at(2)).ready, 1);
    let run = scheduler.start_next(at(2)).unwrap();
    scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), at(finished));
    scheduler.status(at(finished))[0].next.unwrap().at
}

fn slow_periodic() -> TaskSpec {
    TaskSpec::new("slow_periodic").every(Interval::from_secs(2))
}

#[test]
fn test_last_finished_strategy() {
    assert_eq!(next_run(slow_periodic().from_finish(), 3), Instant::from_secs(5));
}

#[test]
fn test_last_started_strategy() {
    assert_eq!(next_run(slow_periodic(), 3), Instant::from_secs(4));
}

#[test]
fn test_aligned_strategy() {
    assert_eq!(next_run(slow_periodic().align(), 5), Instant::from_secs(6));
}

#[tokio::test(start_paused = true)]
async fn test_last_finished_strategy_jitter() {
    let worker = Worker::started().await;
    let spec = every_millis("fast_periodic", 100).from_finish().jitter(Jitter::Share(50_000));
    let calls = worker.add(spec, |_| async {});
    millis(500).await;
    assert!(calls.load(Ordering::SeqCst) >= 3);
    let _ = worker.stop().await;
}

#[tokio::test(start_paused = true)]
async fn test_interval_checking() {
    let worker = Worker::started().await;
    // In the original only a disabled task may have it, and another cannot be declared. Here it disables, as in oslo.
    let calls = worker.add(every_millis("no_periodic", -500), |_| async {});
    assert_eq!(worker.watcher("no_periodic").state, TaskState::LeftOut(LeftOut::Negative));
    millis(2_000).await;
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn test_disabled() {
    let worker = Worker::started().await;
    let no = worker.add(every_millis("no_add_me", 500).disabled(), |_| async {});
    let yes = worker.add(every_millis("add_me", 500), |_| async {});
    assert_eq!(worker.watcher("no_add_me").state, TaskState::LeftOut(LeftOut::Disabled));
    assert_eq!(worker.watcher("add_me").state, TaskState::Idle);
    millis(600).await;
    assert_eq!((no.load(Ordering::SeqCst), yes.load(Ordering::SeqCst)), (0, 1));
}
