use std::sync::mpsc;
use std::time::Duration;

use periodic::looping::{End, FixedInterval, LoopError};
use periodic::task_group::{Graceful, TaskGroup};
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

use super::secs;

#[tokio::test(start_paused = true)]
async fn dropped_it_cuts_its_members() {
    let group = TaskGroup::new();
    let timer = group.add_timer(secs(1), || sleep(secs(10))).unwrap();
    let work = group.spawn(sleep(secs(10))).unwrap();
    sleep(secs(1)).await;
    drop(group);
    let dropped = Instant::now();
    assert_eq!(timer.wait().await, Err(LoopError::Cut));
    assert_eq!(work.wait().await, Err(LoopError::Cut));
    assert_eq!(dropped.elapsed(), Duration::ZERO);
}

#[test]
fn a_runtime_that_goes_takes_its_members_out_of_the_group() {
    let group = TaskGroup::new();
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        group.add_timer(secs(1), || async {}).unwrap();
        sleep(secs(3)).await;
    });
    assert_eq!(group.timers(), 1);
    drop(runtime);
    assert_eq!(group.timers(), 0);
    assert_eq!(group.ends()[0].how(), Err(&LoopError::Cut));
}

/// The original forgets such threads, and they run on unseen.
#[tokio::test]
async fn blocking_work_that_cannot_be_cut_is_named() {
    let group = TaskGroup::new();
    let (begun, begins) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    let looping = FixedInterval::every(Duration::ZERO).name("stuck");
    let timer = group
        .add_blocking(looping, move || {
            begun.send(()).unwrap();
            gone.recv().map_err(|_| "the test has ended")
        })
        .unwrap();
    tokio::task::spawn_blocking(move || begins.recv()).await.unwrap().unwrap();
    // Real time would pass; paused, it does not.
    tokio::time::pause();
    let stop = group.stop(Graceful::No);
    let left = tokio::select! {
        // Its timer is set first.
        biased;
        left = stop => left,
        () = async { tokio::time::advance(secs(2)).await; std::future::pending().await } => unreachable!(),
    };
    assert_eq!(left, ["stuck"]);
    assert_eq!(group.timers(), 1);
    go.send(()).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Stopped));
    assert_eq!(group.timers(), 0);
}
