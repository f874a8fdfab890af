//! `test_threadgroup.py`, of eventlet and of threading. The original's green threads are async work here; its threads
//! are blocking work.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use periodic::looping::{Dynamic, End, FixedInterval, LoopError};
use periodic::task_group::{Graceful, TaskGroup};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

/// Its arguments are moved into the callback, where the original stores them beside it.
#[tokio::test(start_paused = true)]
async fn test_add_timer() {
    let tg = TaskGroup::new();
    let (args, (sender, receiver)) = (("arg", "kwarg"), mpsc::channel());
    let timer = tg
        .add_timer(SECOND, move || {
            let _ = sender.send(args);
            async {}
        })
        .unwrap();
    assert_eq!(tg.timers(), 1);
    assert!(timer.is_running());
    yield_now().await;
    yield_now().await;
    assert_eq!(receiver.try_recv(), Ok(("arg", "kwarg")));
}

#[tokio::test(start_paused = true)]
async fn test_add_timer_args() {
    let tg = TaskGroup::new();
    let timer = tg.add(FixedInterval::every(SECOND).initial_delay(SECOND), || async {}).unwrap();
    assert_eq!(tg.timers(), 1);
    assert!(timer.is_running());
}

#[tokio::test(start_paused = true)]
async fn test_add_dynamic_timer() {
    let tg = TaskGroup::new();
    let timer = tg.add_dynamic_timer(2 * SECOND, || async { None }).unwrap();
    assert_eq!(tg.timers(), 1);
    assert!(timer.is_running());
}

#[tokio::test(start_paused = true)]
async fn test_add_dynamic_timer_args() {
    let tg = TaskGroup::new();
    let timer = tg.add(Dynamic::at_most(2 * SECOND).initial_delay(SECOND), || async { None }).unwrap();
    assert_eq!(tg.timers(), 1);
    assert!(timer.is_running());
}

#[tokio::test(start_paused = true)]
async fn test_stop_current_thread() {
    let tg = Arc::new(TaskGroup::new());
    let (group, (sender, receiver)) = (Arc::downgrade(&tg), mpsc::channel());
    let stopper = tg.spawn(async move {
        sleep(SECOND).await;
        let group = group.upgrade().unwrap();
        let left = group.stop(Graceful::No).await;
        sender.send((group.tasks(), left)).unwrap();
    });
    let others = [1, 2, 3].map(|_| tg.spawn(sleep(10 * SECOND)).unwrap());
    stopper.unwrap().wait().await.unwrap();
    assert_eq!(receiver.recv(), Ok((1, vec![])));
    for other in others {
        assert_eq!(other.wait().await, Err(LoopError::Cut));
    }
}

#[tokio::test(start_paused = true)]
async fn test_stop_immediately() {
    let (tg, begun) = (TaskGroup::new(), Instant::now());
    tg.spawn(sleep(SECOND)).unwrap();
    tg.add_timer(SECOND, || async {}).unwrap();
    yield_now().await;
    tg.stop(Graceful::No).await;
    assert!(begun.elapsed() < SECOND);
    assert_eq!((tg.tasks(), tg.timers()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn test_stop_gracefully() {
    let (tg, begun) = (TaskGroup::new(), Instant::now());
    tg.spawn(sleep(SECOND)).unwrap();
    tg.stop(Graceful::Yes).await;
    assert!(begun.elapsed() >= SECOND);
    assert_eq!(tg.tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn test_cancel_early() {
    let tg = TaskGroup::new();
    let (sender, receiver) = mpsc::channel();
    tg.spawn(async move { sender.send(()).unwrap() }).unwrap();
    tg.cancel(SECOND).await;
    assert_eq!(tg.tasks(), 0);
    assert!(receiver.recv().is_err(), "it never began");
}

/// The original's answer is at once, and the thread is still there; here there is a time for it to end in.
#[tokio::test(start_paused = true)]
async fn test_cancel_late() {
    let tg = TaskGroup::new();
    let work = tg.spawn(sleep(Duration::from_millis(300))).unwrap();
    yield_now().await;
    tg.cancel(SECOND).await;
    assert_eq!(work.wait().await, Ok(End::Value(())));
}

#[tokio::test(start_paused = true)]
async fn test_cancel_timeout() {
    let (tg, begun) = (TaskGroup::new(), Instant::now());
    let work = tg.spawn(sleep(SECOND)).unwrap();
    yield_now().await;
    tg.cancel(Duration::from_millis(200)).await;
    assert_eq!(begun.elapsed(), Duration::from_millis(200));
    assert_eq!((tg.tasks(), work.wait().await), (0, Err(LoopError::Cut)));
}

#[tokio::test(start_paused = true)]
async fn test_stop_timers() {
    let tg = TaskGroup::new();
    tg.add_timer(1_234 * SECOND, || async {}).unwrap();
    assert_eq!(tg.timers(), 1);
    tg.stop_timers();
    tg.wait().await;
    assert_eq!(tg.timers(), 0);
}

/// In the original a stopped timer stays until `timer_done`; here it leaves when it has ended.
#[tokio::test(start_paused = true)]
async fn test_add_and_remove_timer() {
    let tg = TaskGroup::new();
    let timer = tg.add_timer(1_234 * SECOND, || async {}).unwrap();
    assert_eq!(tg.timers(), 1);
    timer.stop();
    assert_eq!(timer.wait().await, Ok(End::Stopped));
    assert_eq!(tg.timers(), 0);
}

#[tokio::test(start_paused = true)]
async fn test_add_and_remove_dynamic_timer() {
    let tg = TaskGroup::new();
    let timer = tg.add(Dynamic::at_most(2 * SECOND).initial_delay(SECOND), || async { None }).unwrap();
    assert_eq!(tg.timers(), 1);
    assert!(timer.is_running());
    timer.stop();
    assert_eq!(timer.wait().await, Ok(End::Stopped));
    assert_eq!(tg.timers(), 0);
}

#[tokio::test]
async fn test_thread_done_called_when_thread_finishes() {
    let tg = TaskGroup::new();
    let thread = tg.spawn_blocking(|| ()).unwrap();
    assert_eq!(thread.wait().await, Ok(End::Value(())));
    assert_eq!(tg.tasks(), 0);
}

#[tokio::test]
async fn test_thread_done_called_when_thread_raises() {
    let tg = TaskGroup::new();
    let thread = tg.spawn_blocking(|| assert_eq!("this", "that")).unwrap();
    assert!(matches!(thread.wait().await, Err(LoopError::Panicked(_))));
    assert_eq!(tg.tasks(), 0);
}

#[tokio::test]
async fn test_multiple_threads_removed_after_completion() {
    let tg = TaskGroup::new();
    for _ in 0..3 {
        tg.spawn_blocking(|| ()).unwrap();
    }
    assert_eq!(tg.tasks(), 3);
    tg.wait().await;
    assert_eq!(tg.tasks(), 0);
}

/// Threads that add to the group for which everybody waits.
#[tokio::test]
async fn test_waitall_completes_without_deadlock() {
    let tg = Arc::new(TaskGroup::new());
    for _ in 0..3 {
        let group = Arc::downgrade(&tg);
        let runtime = tokio::runtime::Handle::current();
        tg.spawn_blocking(move || {
            let _entered = runtime.enter();
            group.upgrade().unwrap().spawn(async {}).unwrap();
        })
        .unwrap();
    }
    tg.wait().await;
    assert_eq!(tg.ends().len(), 6);
}
