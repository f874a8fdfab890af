//! `LoopingCallTestCase`: fixed intervals, with and without a timeout.

use std::ops::ControlFlow::{Break, Continue};

use periodic::looping::{End, FixedInterval, LoopError, StartError};
use periodic::task::TaskError;

use super::{Calls, millis};

#[tokio::test(start_paused = true)]
async fn test_return_true() {
    let timer = FixedInterval::every(millis(500)).start(|| async { Break(true) }).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(true)));
}

#[tokio::test(start_paused = true)]
async fn test_return_false() {
    let timer = FixedInterval::every(millis(500)).start(|| async { Break(false) }).unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(false)));
}

#[tokio::test(start_paused = true)]
async fn test_terminate_on_exception() {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = FixedInterval::every(millis(500))
        .start(move || {
            noted.note();
            async { Err::<(), _>("RuntimeError") }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Err(LoopError::Failed(TaskError::new("RuntimeError"))));
    assert_eq!(calls.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn test_do_not_stop_on_exception() {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = FixedInterval::every(millis(500))
        .stop_on_error(false)
        .start(move || {
            let before = noted.note();
            async move { if before < 2 { Err("RuntimeError") } else { Ok(Break(false)) } }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(false)));
    assert_eq!(calls.gaps(), [500, 500]);
}

#[tokio::test(start_paused = true)]
async fn test_no_double_start() {
    let mut calls = 0;
    let timer = FixedInterval::every(millis(500))
        .start(move || {
            calls += 1;
            async move { if calls == 2 { Break(()) } else { Continue(()) } }
        })
        .unwrap();
    assert_eq!(timer.start(), Err(StartError::AlreadyRunning { kind: "fixed interval looping call" }));
    assert_eq!(timer.wait().await, Ok(End::Value(())));
}

#[tokio::test(start_paused = true)]
async fn test_no_double_stop() {
    let timer = FixedInterval::every(millis(500)).start(|| async {}).unwrap();
    timer.stop();
    timer.stop();
    assert_eq!(timer.wait().await, Ok(End::Stopped));
    timer.stop();
}

#[tokio::test(start_paused = true)]
async fn test_repeat() {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = FixedInterval::every(millis(500))
        .start(move || {
            let before = noted.note();
            async move { if before == 2 { Break(false) } else { Continue(()) } }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(false)));
    assert_eq!(calls.gaps(), [500, 500]);
}

/// The original's sleeps are 0.02, 0 and 0 s.
#[tokio::test(start_paused = true)]
async fn test_interval_adjustment() {
    let calls = Calls::begin();
    let noted = calls.clone();
    let timer = FixedInterval::every(millis(1_010))
        .start(move || {
            let before = noted.note();
            async move {
                let Some(elapsed) = [990, 2_000, 1_010].get(before) else { return Break(()) };
                tokio::time::sleep(millis(*elapsed)).await;
                Continue(())
            }
        })
        .unwrap();
    assert_eq!(timer.wait().await, Ok(End::Value(())));
    assert_eq!(calls.gaps(), [990 + 20, 2_000, 1_010]);
}

#[tokio::test(start_paused = true)]
async fn test_looping_call_timed_out() {
    let timeout = millis(300);
    // Longer than the call that is just in time, because the clock of the original never stands on a tick.
    let timer = FixedInterval::every(millis(100)).timeout(timeout).start(|| async {}).unwrap();
    assert_eq!(timer.wait().await, Err(LoopError::TimedOut { after: millis(400), timeout }));
}
