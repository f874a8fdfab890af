use std::ops::ControlFlow::Break;
use std::sync::Arc;

use periodic::looping::{Dynamic, End, FixedInterval, LoopError, StartError};
use tokio::time::sleep;

use super::{Notes, secs};

#[tokio::test(start_paused = true)]
async fn a_sleep_ends_at_once() {
    let notes = Notes::new();
    let call = Dynamic::unbounded().start(|| async { Some(secs(3_600)) }).unwrap();
    notes.until(1).await;
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
    notes.note();
    assert_eq!(notes.noted(), [1]);
}

#[tokio::test(start_paused = true)]
async fn stopped_in_its_initial_delay_it_is_never_called() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = FixedInterval::every(secs(1))
        .initial_delay(secs(60))
        .start(move || {
            pen.note();
            async {}
        })
        .unwrap();
    notes.until(59).await;
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
    notes.until(200).await;
    assert!(notes.noted().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_goes_is_not_cut() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = FixedInterval::every(secs(1))
        .start(move || {
            let pen = pen.clone();
            async move {
                sleep(secs(10)).await;
                pen.note();
            }
        })
        .unwrap();
    notes.until(5).await;
    call.stop();
    assert!(call.is_running());
    assert_eq!(call.wait().await, Ok(End::Stopped));
    assert!(!call.is_running());
    assert_eq!(notes.noted(), [10]);
}

#[tokio::test(start_paused = true)]
async fn a_callback_may_stop_its_own_loop() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = Arc::new_cyclic(|call: &std::sync::Weak<periodic::looping::LoopingCall>| {
        let call = call.clone();
        FixedInterval::every(secs(1)).call(move || {
            pen.note();
            call.upgrade().unwrap().stop();
            async {}
        })
    });
    call.start().unwrap();
    assert_eq!(call.wait().await, Ok(End::Stopped));
    assert_eq!(notes.noted(), [0]);
}

#[tokio::test(start_paused = true)]
async fn what_a_stopped_loop_would_sleep_for_is_not_asked() {
    let call = Dynamic::unbounded()
        .start(|| async {
            sleep(secs(2)).await;
            None
        })
        .unwrap();
    sleep(secs(1)).await;
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
}

#[tokio::test(start_paused = true)]
async fn each_waits_for_the_run_that_it_saw() {
    let call = Arc::new(FixedInterval::every(secs(1)).call(|| async { Err::<(), _>("no luck") }));
    assert_eq!(call.wait().await, Err(LoopError::NotStarted));
    call.start().unwrap();
    let waits = [(), ()].map(|()| {
        let call = Arc::clone(&call);
        tokio::spawn(async move { call.wait().await })
    });
    for wait in waits {
        assert!(matches!(wait.await.unwrap(), Err(LoopError::Failed(_))));
    }
    call.start().unwrap();
    assert!(matches!(call.start(), Err(StartError::AlreadyRunning { .. })));
    call.stop();
    assert_eq!(call.wait().await, Ok(End::Stopped));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_told_of_the_end_may_start_again() {
    let call = FixedInterval::every(secs(1)).call(|| async { Break(()) });
    for _ in 0..2_000 {
        call.start().unwrap();
        assert_eq!(call.wait().await, Ok(End::Value(())));
    }
}
