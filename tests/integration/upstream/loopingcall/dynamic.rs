//! `DynamicLoopingCallTestCase`.

use std::ops::ControlFlow::{Break, Continue};
use std::time::Duration;

use periodic::looping::{Dynamic, End, LoopError, Looping, StartError};
use periodic::task::TaskError;

use super::{Calls, millis};

#[tokio::test(start_paused = true)]
async fn test_return_true() {
    let timer = Dynamic::unbounded().start(|| async { Break(true) }).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(true)));
}

#[tokio::test(start_paused = true)]
async fn test_return_false() {
    let timer = Dynamic::unbounded().start(|| async { Break(false) }).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(false)));
}

#[tokio::test(start_paused = true)]
async fn test_no_double_start() {
    let timer = Dynamic::unbounded().start(|| async { Some(millis(500)) }).unwrap();
    assert_eq!(timer.start(), Err(StartError::AlreadyRunning { kind: "dynamic interval looping call" }));
    timer.stop();
    assert_eq!(timer.wait().await, Ok(End::Stopped));
}

#[tokio::test(start_paused = true)]
async fn test_terminate_on_exception() {
    let timer = Dynamic::unbounded().start(|| async { Err::<Option<_>, _>("RuntimeError") }).unwrap();
    assert_eq!(timer.wait().await, Err(LoopError::Failed(TaskError::new("RuntimeError"))));
}

/// The original calls again without a sleep, however often its callback fails.
#[tokio::test(start_paused = true)]
async fn test_do_not_stop_on_exception() {
    for (looping, gap) in [(Dynamic::unbounded(), 60_000), (Dynamic::at_most(millis(5_000)), 5_000)] {
        let calls = Calls::begin();
        let noted = calls.clone();
        let timer = looping
            .stop_on_error(false)
            .start(move || {
                let before = noted.note();
                async move { if before < 2 { Err("RuntimeError") } else { Ok(Break(false)) } }
            })
            .unwrap();
        assert_eq!(timer.wait().await, Ok(End::Value(false)));
        assert_eq!(calls.gaps(), [gap, gap]);
    }
}

#[tokio::test(start_paused = true)]
async fn test_repeat() {
    assert_eq!(gaps(Dynamic::unbounded(), &[Some(millis(500)), Some(millis(500))]).await, [500, 500]);
}

#[tokio::test(start_paused = true)]
async fn test_timeout_task_without_return_and_max_periodic() {
    let timer = Dynamic::unbounded().start(|| async { None }).unwrap();
    assert_eq!(timer.wait().await, Err(LoopError::NoDelay));
}

#[tokio::test(start_paused = true)]
async fn test_timeout_task_without_return() {
    assert_eq!(gaps(Dynamic::at_most(millis(5_000)), &[None]).await, [5_000]);
}

#[tokio::test(start_paused = true)]
async fn test_interval_adjustment() {
    let looping = Dynamic::at_most(millis(5_000));
    assert_eq!(gaps(looping, &[Some(millis(11_000)), Some(millis(1_000))]).await, [5_000, 1_000]);
}

#[tokio::test(start_paused = true)]
async fn test_initial_delay() {
    let calls = Calls::begin();
    // A call before the loop's own, so that the delay is the first gap.
    calls.note();
    let noted = calls.clone();
    let timer = Dynamic::unbounded()
        .initial_delay(millis(3_000))
        .start(move || {
            let before = noted.note();
            async move { if before == 2 { Break(()) } else { Continue(Some(millis(1_000))) } }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(())));
    assert_eq!(calls.gaps(), [3_000, 1_000]);
}

/// The time between calls of a loop whose callback returns these delays and then ends it.
async fn gaps(looping: Looping<Dynamic>, delays: &[Option<Duration>]) -> Vec<u128> {
    let calls = Calls::begin();
    let (noted, delays) = (calls.clone(), delays.to_vec());
    let timer = looping
        .start(move || {
            let answer = delays.get(noted.note()).map_or(Break(()), |delay| Continue(*delay));
            async move { answer }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(())));
    calls.gaps()
}
