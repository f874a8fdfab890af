use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::looping::FixedInterval;
use periodic::task::{Interval, RetrySpec, Run, TaskName, TaskSpec};
use periodic::{PeriodicTasks, RaiseOnError, Runner, Settings, SystemClock, run_periodic_tasks_in_parallel};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::runner::Empty;

/// The warnings and errors, each with its task, its kind and how often the same was not logged.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if ["task", "outcome", "repeats", "message"].contains(&field.name()) {
            write!(self.0, " {value:?}").unwrap();
        }
    }
}

impl<S: Subscriber> Layer<S> for Said {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() <= Level::WARN {
            let mut line = Line(String::new());
            event.record(&mut line);
            self.0.lock().unwrap().push(line.0.trim_start().to_owned());
        }
    }
}

impl Said {
    fn lines(&self, task: &str) -> Vec<String> {
        let task = format!("\"{task}\"");
        self.0.lock().unwrap().iter().filter(|line| line.contains(&task)).cloned().collect()
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_that_fails_again_and_again_is_a_line_in_ten_seconds() {
    let said = Said::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(said.clone()));
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
        r#"periodic task failed "often" "failed""#,
        r#"periodic task failed "often" "failed" 99"#,
        r#"periodic task failed "often" "failed" 99"#,
        r#"the same happened again since it was last logged "often" "failed" 59"#,
    ];
    assert_eq!(said.lines("often"), expected);
    // What a user may see each time is said each time.
    assert_eq!(said.lines("seldom"), [r#"periodic task failed "seldom" "failed""#; 3]);
    let of_kind = |task: &str, kind: &str| {
        said.lines(task).into_iter().filter(|line| line.starts_with(kind)).collect::<Vec<_>>()
    };
    assert_eq!(of_kind("retried", "an attempt failed").len(), 3);
    assert_eq!(of_kind("retried", "periodic task failed").len(), 3);
    let skipped = of_kind("outlasts", "a slot was skipped");
    assert_eq!(skipped.len(), 3, "{skipped:?}");
    assert!(!skipped[0].ends_with(char::is_numeric) && skipped[1].ends_with(char::is_numeric), "{skipped:?}");
}

#[tokio::test(start_paused = true)]
async fn passes_that_follow_each_other_fold_their_lines() {
    let said = Said::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(said.clone()));
    let mut tasks = PeriodicTasks::new(Empty, SystemClock::new(), &Settings::default()).unwrap();
    let spec = TaskSpec::new("of_a_pass").every(Interval::from_nanos(10_000_000)).run_immediately();
    let name = TaskName::new("Test", "of_a_pass").unwrap();
    tasks.add_periodic_task(name, spec, |_, &(), _| Err::<(), _>("no luck")).unwrap();
    for _ in 0..500 {
        let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await.unwrap();
        tokio::time::sleep(idle).await;
    }
    let lines = said.lines("of_a_pass");
    assert!(lines.iter().filter(|line| line.starts_with("periodic task failed")).count() == 1, "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn a_looping_call_that_outlasts_its_interval_is_a_line_in_ten_seconds() {
    let said = Said::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(said.clone()));
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
    let lines = said.0.lock().unwrap().clone();
    let of = |text: &str| lines.iter().filter(|line| line.starts_with(text)).cloned().collect::<Vec<_>>();
    assert_eq!(of("looping call failed"), ["looping call failed", "looping call failed 99"]);
    assert_eq!(of("a run outlasted"), ["a run outlasted its interval", "a run outlasted its interval 99"]);
    assert_eq!(of("the same happened again").len(), 2, "{lines:?}");
}
