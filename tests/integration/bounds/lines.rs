use std::sync::Arc;
use std::time::Duration;

use periodic::looping::FixedInterval;
use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::task::{Interval, RetrySpec, Run, TaskName, TaskSpec};
use periodic::{Runner, Settings, SystemClock};
use periodic_test_support::LogCapture;
use tracing::Level;

use crate::runner::Empty;

/// The warnings and errors, each with its task, its kind and how often the same was not logged.
fn capture() -> LogCapture {
    LogCapture::default().up_to(Level::WARN).only(&["message", "task", "outcome", "repeats"])
}

fn of_task(said: &LogCapture, task: &str) -> Vec<String> {
    said.containing(&format!("task=\"{task}\""))
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_again_and_again_is_a_line_in_ten_seconds() {
    let said = capture();
    let _guard = said.listen();
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let name = |task| TaskName::new("Test", task).unwrap();
    let every = |name, millis: i64| {
        TaskSpec::new(name).every(Interval::from_nanos(millis * 1_000_000)).run_immediately()
    };
    let fails = |_: Run| async { Err::<(), _>("no luck") };
    handle.add(name("often"), every("often", 100), fails).unwrap();
    handle.add(name("seldom"), every("seldom", 10_000), fails).unwrap();
    let retry = RetrySpec::new(2.try_into().unwrap()).backing_off("50ms").unwrap();
    handle.add(name("retried"), every("retried", 1_000).retry(retry), fails).unwrap();
    let outlasts = |_: Run| tokio::time::sleep(Duration::from_millis(1_500));
    handle.add(name("outlasts"), every("outlasts", 1_000), outlasts).unwrap();
    let _ = runner.run_until(tokio::time::sleep(Duration::from_millis(25_950))).await;

    let expected = [
        r#"ERROR message=periodic task failed task="often" outcome="failed""#,
        r#"ERROR message=periodic task failed task="often" outcome="failed" repeats=99"#,
        r#"ERROR message=periodic task failed task="often" outcome="failed" repeats=99"#,
        r#"WARN message=the same event came again since its last line task="often" outcome="failed" repeats=59"#,
    ];
    assert_eq!(of_task(&said, "often"), expected);
    // A line that a user may see each time is logged each time.
    assert_eq!(
        of_task(&said, "seldom"),
        [r#"ERROR message=periodic task failed task="seldom" outcome="failed""#; 3]
    );
    let of_kind = |task: &str, kind: &str| {
        of_task(&said, task).into_iter().filter(|line| line.contains(kind)).collect::<Vec<_>>()
    };
    assert_eq!(of_kind("retried", "an attempt failed").len(), 3);
    assert_eq!(of_kind("retried", "periodic task failed").len(), 3);
    let skipped = of_kind("outlasts", "a slot was skipped");
    assert_eq!(skipped.len(), 3, "{skipped:?}");
    assert!(!skipped[0].ends_with(char::is_numeric) && skipped[1].ends_with(char::is_numeric), "{skipped:?}");
}

#[tokio::test(start_paused = true)]
async fn passes_that_follow_each_other_fold_their_lines() {
    let said = capture();
    let _guard = said.listen();
    let mut tasks = PeriodicTasks::new(Empty, SystemClock::new(), &Settings::default()).unwrap();
    let spec = TaskSpec::new("of_a_pass").every(Interval::from_nanos(10_000_000)).run_immediately();
    let name = TaskName::new("Test", "of_a_pass").unwrap();
    tasks.add_periodic_task(name, spec, |_, &(), _| Err::<(), _>("no luck")).unwrap();
    for _ in 0..500 {
        let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
        tokio::time::sleep(idle).await;
    }
    let lines = of_task(&said, "of_a_pass");
    assert!(lines.iter().filter(|line| line.contains("periodic task failed")).count() == 1, "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn a_looping_call_that_outlasts_its_interval_is_a_line_in_ten_seconds() {
    let said = capture();
    let _guard = said.listen();
    let call = FixedInterval::every(Duration::from_nanos(1))
        .name("busy")
        .stop_on_error(false)
        .start(|| async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            Err::<(), _>("no luck")
        })
        .unwrap();
    tokio::time::sleep(Duration::from_secs(15)).await;
    call.stop();
    let _ = call.wait().await;
    let lines = said.lines();
    let of = |text: &str| lines.iter().filter(|line| line.contains(text)).cloned().collect::<Vec<_>>();
    assert_eq!(
        of("looping call failed"),
        ["ERROR message=looping call failed", "ERROR message=looping call failed repeats=99"]
    );
    assert_eq!(
        of("a run outlasted"),
        ["WARN message=a run outlasted its interval", "WARN message=a run outlasted its interval repeats=99"]
    );
    assert_eq!(of("the same event came again").len(), 2, "{lines:?}");
}
