//! The lines of a looping call in `tracing`.

use std::ops::ControlFlow::{Break, Continue};

use periodic::looping::FixedInterval;
use periodic::task_group::TaskGroup;
use periodic_test_support::LogCapture;
use tracing::{Instrument as _, Level, info, info_span};

use super::secs;
use crate::spans::Spans;

/// Less is for those who look for it.
fn capture() -> LogCapture {
    LogCapture::default().up_to(Level::WARN)
}

#[tokio::test(start_paused = true)]
async fn outlasted_intervals_and_failures_are_said_once_each() {
    let said = capture();
    let _guard = said.listen();
    let mut calls = 0;
    let call = FixedInterval::every(secs(2))
        .name("poll")
        .stop_on_error(false)
        .start(move || {
            calls += 1;
            async move {
                tokio::time::sleep(secs(calls)).await;
                match calls {
                    1 => Err("no luck"),
                    2 | 3 => Ok(Continue(())),
                    _ => Ok(Break(())),
                }
            }
        })
        .unwrap();
    call.wait().await.unwrap();
    let end =
        FixedInterval::every(secs(2)).name("probe").start(|| async { Err::<(), _>("the end") }).unwrap();
    end.wait().await.unwrap_err();

    let kind = "kind=\"fixed interval looping call\"";
    assert_eq!(
        said.lines(),
        [
            format!(
                "ERROR message=looping call failed {kind} name=\"poll\" cause=the callback failed: no luck goes_on=true"
            ),
            format!(
                "WARN message=a run outlasted its interval {kind} name=\"poll\" elapsed=3s interval=2s excess=1s"
            ),
            format!(
                "ERROR message=looping call failed {kind} name=\"probe\" cause=the callback failed: the end goes_on=false"
            ),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_in_a_group_is_one_error() {
    let said = capture();
    let _guard = said.listen();
    let group = TaskGroup::new();
    let timer = group.add_timer(secs(1), || async { Err::<(), _>("no luck") }).unwrap();
    timer.wait().await.unwrap_err();
    let work = group.spawn(async { Err::<(), _>("no luck") }).unwrap();
    work.wait().await.unwrap_err();

    let said = said.lines();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("ERROR message=looping call failed"), "{said:#?}");
    assert!(said[1].starts_with("ERROR message=an entry of a group failed"), "{said:#?}");
}

#[tokio::test(start_paused = true)]
async fn each_call_has_a_span_that_ends_with_it_and_is_a_root() {
    let spans = Spans::new();
    let _guard = spans.listen();
    async {
        let mut calls = 0;
        let call = FixedInterval::every(secs(10)).name("poll").start(move || {
            calls += 1;
            async move {
                info!("inside");
                tokio::time::sleep(secs(calls)).await;
                if calls < 3 { Continue(()) } else { Break(()) }
            }
        });
        call.unwrap().wait().await.unwrap();
        let blocking = FixedInterval::every(secs(10)).name("blocking").start_blocking(|| Break(()));
        blocking.unwrap().wait().await.unwrap();
        let group = TaskGroup::new();
        group
            .add(FixedInterval::every(secs(10)).name("timer"), || async { Break(()) })
            .unwrap()
            .wait()
            .await
            .unwrap();
        group.spawn(tokio::time::sleep(secs(2))).unwrap().wait().await.unwrap();
        group.spawn_blocking(|| {}).unwrap().wait().await.unwrap();
    }
    .instrument(info_span!("main"))
    .await;
    let closed = spans.closed();
    let call = |from: u64, to: u64, name: &str| {
        format!("looping_call {from}..{to} kind=\"fixed interval looping call\" name=\"{name}\"")
    };
    assert_eq!(closed[..3], [call(0, 1, "poll"), call(10, 12, "poll"), call(20, 23, "poll")]);
    assert_eq!(closed[3..5], [call(23, 23, "blocking"), call(23, 23, "timer")]);
    assert!(closed[5].starts_with("group_task 23..25 name="), "{closed:?}");
    assert!(closed[6].starts_with("group_task 25..25 name="), "{closed:?}");
    assert_eq!(closed[7..], ["main 0..25"]);
    assert_eq!(spans.events("inside"), ["message=inside in looping_call"; 3]);
}
