use std::ops::ControlFlow::{Break, Continue};
use std::sync::Arc;

use periodic::looping::{Backoff, Dynamic, End, FixedInterval, LoopError};
use periodic::task::TaskError;
use periodic::task_group::{GroupError, TaskGroup};

use super::{Notes, secs};
use crate::bomb::{BadError, Bomb, NO_TEXT, explode, panic_at_each_entry};

fn panicked(words: &str) -> Result<End, LoopError> {
    Err(LoopError::Panicked(TaskError::new(words)))
}

#[allow(clippy::manual_assert, reason = "the panic is the point")]
fn unlucky(is: bool) {
    if is {
        panic!("no luck");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_told_wherever_it_happens() {
    let before = FixedInterval::every(secs(1)).start(|| {
        unlucky(true);
        async {}
    });
    let inside = FixedInterval::every(secs(1)).start(|| async {
        tokio::task::yield_now().await;
        unlucky(true);
    });
    let blocking = FixedInterval::every(secs(1)).start_blocking(|| unlucky(true));
    for call in [before, inside, blocking] {
        assert_eq!(call.unwrap().wait().await, panicked("no luck"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_goes_on_after_errors_goes_on_after_panics() {
    let mut calls = 0;
    let next = move || {
        calls += 1;
        unlucky(calls < 3);
        if calls == 3 { Break("third") } else { Continue(()) }
    };
    let call = FixedInterval::every(secs(1)).stop_on_error(false).start_blocking(next).unwrap();
    assert_eq!(call.wait().await, Ok(End::Value("third")));
}

#[tokio::test(start_paused = true)]
async fn an_error_counts_as_a_failure_of_a_backoff_that_goes_on() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = Backoff::starting_at(secs(1))
        .jitter(1.0)
        .gauss(|mean, _| mean)
        .stop_on_error(false)
        .start(move || {
            pen.note();
            let calls = pen.noted().len();
            async move {
                match calls {
                    1 => Err("no luck"),
                    2 => Ok(Continue(false)),
                    3 => Ok(Continue(true)),
                    _ => Ok(Break(())),
                }
            }
        })
        .unwrap();
    assert_eq!(call.wait().await, Ok(End::Value(())));
    assert_eq!(notes.noted(), [0, 2, 2 + 4, 2 + 4 + 1]);
}

#[tokio::test(start_paused = true)]
async fn a_dynamic_call_that_goes_on_sleeps_as_long_as_the_last_time() {
    let notes = Notes::new();
    let pen = notes.clone();
    let call = Dynamic::at_most(secs(60))
        .stop_on_error(false)
        .start(move || {
            pen.note();
            let calls = pen.noted().len();
            async move {
                match calls {
                    1 => Ok(Continue(Some(secs(2)))),
                    2 => Err("no luck"),
                    _ => Ok(Break(())),
                }
            }
        })
        .unwrap();
    assert_eq!(call.wait().await, Ok(End::Value(())));
    assert_eq!(notes.noted(), [0, 2, 4]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_zero_is_none() {
    let none = secs(0);
    let fixed = FixedInterval::every(secs(1)).timeout(none).start(|| async {}).unwrap();
    let backoff = Backoff::starting_at(secs(1)).timeout(none).start(|| async { false }).unwrap();
    tokio::time::sleep(secs(3_600)).await;
    for call in [fixed, backoff] {
        call.stop();
        assert_eq!(call.wait().await, Ok(End::Stopped));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_says_what_to_do() {
    let call = FixedInterval::every(secs(1)).call(|| async { Err::<(), _>("no route to host") });
    let said = |error: LoopError| error.to_string();
    assert_eq!(
        said(call.wait().await.unwrap_err()),
        "the looping call was never started; `start` comes before `wait`"
    );
    call.start().unwrap();
    assert_eq!(
        call.start().unwrap_err().to_string(),
        "a fixed interval looping call runs one callback at a time; wait until it has ended, or create another"
    );
    assert_eq!(said(call.wait().await.unwrap_err()), "the callback failed: no route to host");
    let timed = FixedInterval::every(secs(2)).timeout(secs(3)).start(|| async {}).unwrap();
    assert_eq!(
        said(timed.wait().await.unwrap_err()),
        "the looping call timed out after 4s, with a timeout of 3s"
    );
}

#[tokio::test(start_paused = true)]
async fn a_payload_that_panics_is_a_panic_and_no_cut() {
    let before = FixedInterval::every(secs(1)).start(|| {
        explode();
        async {}
    });
    let inside = FixedInterval::every(secs(1)).start(|| async { explode() });
    let blocking = FixedInterval::every(secs(1)).start_blocking(explode);
    let error = FixedInterval::every(secs(1)).start(|| async { Err::<(), _>(BadError { prints: true }) });
    for call in [before, inside, blocking, error] {
        assert_eq!(call.unwrap().wait().await, panicked(NO_TEXT));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_panics_when_it_is_cut_is_cut() {
    let call = FixedInterval::every(secs(1))
        .start(|| async {
            let _bad = Bomb;
            std::future::pending::<()>().await;
        })
        .unwrap();
    tokio::task::yield_now().await;
    let group = TaskGroup::new();
    let member = group
        .spawn(async {
            let _bad = Bomb;
            std::future::pending::<()>().await;
        })
        .unwrap();
    tokio::task::yield_now().await;
    member.cancel();
    assert_eq!(member.wait().await, Err(LoopError::Cut));
    assert_eq!((group.tasks(), group.ends().len()), (0, 1));
    // Its task is cut, without a report.
    drop(call);
    tokio::task::yield_now().await;
}

#[tokio::test(start_paused = true)]
async fn a_member_whose_callback_panics_when_it_is_dropped_keeps_its_end() {
    let group = TaskGroup::new();
    let held = Bomb;
    let timer = group.add_timer(secs(1), move || {
        let _held = &held;
        async { Break("done") }
    });
    assert_eq!(timer.unwrap().wait().await, Ok(End::Value("done")));
    let payload = group.spawn(async { explode() }).unwrap();
    assert_eq!(payload.wait().await, panicked(NO_TEXT));
    let payload = group.spawn_blocking(explode).unwrap();
    assert_eq!(payload.wait().await, panicked(NO_TEXT));
}

#[tokio::test(start_paused = true)]
async fn a_value_that_panics_when_it_is_dropped_harms_neither_the_next_start_nor_the_drop_of_the_call() {
    let call = FixedInterval::every(secs(1)).call(|| async { Break(Arc::new(Bomb)) });
    for _ in 0..2 {
        call.start().unwrap();
        tokio::time::sleep(secs(1)).await;
        assert!(!call.is_running());
    }
    drop(call);
}

/// Work that never begins, because it is refused or cancelled before, or its runtime is gone.
#[tokio::test(start_paused = true)]
async fn work_that_never_begins_may_panic_when_it_is_dropped() {
    fn work() -> impl Future<Output = ()> + Send {
        let bad = Bomb;
        async move {
            let _bad = &bad;
            std::future::pending::<()>().await;
        }
    }
    let group = TaskGroup::with_limit(1.try_into().unwrap());
    let member = group.spawn(work()).unwrap();
    let full = GroupError::Full { limit: 1.try_into().unwrap() };
    assert_eq!(group.spawn(work()).unwrap_err(), full);
    let bad = Bomb;
    let callback = move || {
        let _bad = &bad;
        async {}
    };
    assert_eq!(group.add_timer(secs(1), callback).unwrap_err(), full);
    assert_eq!(group.cancel(secs(1)).await, [""; 0]);
    assert_eq!(member.wait().await, Err(LoopError::Cut));
}

#[test]
fn so_may_that_of_a_runtime_that_is_gone() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let group = TaskGroup::new();
    {
        let _inside = runtime.enter();
        let bad = Bomb;
        let work = async move {
            let _bad = &bad;
            std::future::pending::<()>().await;
        };
        group.spawn(work).unwrap();
    }
    drop(runtime);
    assert_eq!(group.ends()[0].how(), Err(&LoopError::Cut));
}

#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_each_entry_into_a_span_harms_no_call() {
    for enters in [true, false] {
        let _guard = panic_at_each_entry(enters);
        let call = FixedInterval::every(secs(1)).start(|| async { Break(3) }).unwrap();
        assert_eq!(call.wait().await, Ok(End::Value(3)));
        let group = TaskGroup::new();
        assert_eq!(group.spawn(async {}).unwrap().wait().await, Ok(End::Value(())));
        assert_eq!(group.spawn_blocking(|| {}).unwrap().wait().await, Ok(End::Value(())));
    }
}
