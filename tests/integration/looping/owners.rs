use std::sync::mpsc;
use std::time::Duration;

use periodic::looping::{End, FixedInterval, LoopError, StartError};
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use super::{Notes, secs};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn dropped_it_is_cut() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = FixedInterval::every(secs(1))
        .start(move || {
            let pen = pen.clone();
            async move {
                pen.note();
                sleep(secs(10)).await;
                pen.note();
            }
        })
        .unwrap();
    notes.until(5).await;
    drop(call);
    notes.until(60).await;
    assert_eq!(notes.noted(), [0]);
}

#[tokio::test]
async fn dropped_with_a_blocking_call_it_makes_no_other() {
    let (begun, begins) = mpsc::channel();
    let (ends, go) = mpsc::channel::<()>();
    let call = FixedInterval::every(Duration::ZERO)
        .start_blocking(move || {
            begun.send(()).unwrap();
            go.recv().map_err(|_| "the test has ended")
        })
        .unwrap();
    let (begins, first) = tokio::task::spawn_blocking(move || {
        let first = begins.recv();
        (begins, first)
    })
    .await
    .unwrap();
    first.unwrap();
    drop(call);
    ends.send(()).unwrap();
    // The callback is dropped with the loop, and its end of the channel with it.
    let second = tokio::task::spawn_blocking(move || begins.recv()).await.unwrap();
    assert!(second.is_err());
}

#[test]
fn without_a_runtime_it_is_not_started() {
    let call = FixedInterval::every(secs(1)).call(|| async {});
    assert_eq!(call.start(), Err(StartError::NoRuntime));
    assert!(!call.is_running());
}

#[test]
fn what_a_runtime_took_with_it_can_be_started_on_another() {
    let call = FixedInterval::every(secs(1)).call(|| async {});
    let first = runtime();
    first.block_on(async {
        call.start().unwrap();
        sleep(secs(5)).await;
    });
    assert!(call.is_running());
    drop(first);
    assert!(!call.is_running());
    runtime().block_on(async {
        assert_eq!(call.wait().await, Err(LoopError::Cut));
        call.start().unwrap();
        call.stop();
        assert_eq!(call.wait().await, Ok(End::Stopped));
    });
}
