//! Panics outside a task's own code: in subscribers, and in values that an added task holds.

use periodic::task::{Execution, TaskSpec};
use periodic::watch::Event;
use tracing::span::{Attributes, Id};
use tracing::{Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::stage::{Stage, every};

/// A layer that cannot bear errors, or cannot bear runs.
struct Fragile {
    spans: bool,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Fragile {
    fn on_new_span(&self, _: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        assert!(!self.spans, "no room for a span");
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        assert_ne!(*event.metadata().level(), Level::ERROR, "no room for an error");
    }
}

fn inline(task: &'static str) -> TaskSpec {
    every(task, 10).execution(Execution::Inline)
}

/// The outcomes of two tasks' slots, the first of which fails, and the last event when the runner has stopped.
async fn outcomes(spans: bool, spec: fn(&'static str) -> TaskSpec) -> [Vec<String>; 2] {
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(Fragile { spans }));
    let stage = Stage::new().await;
    stage.task(spec("first"), |_| async { Err::<(), _>("no route") });
    stage.task(spec("second"), |_| async {});
    let mut watcher = stage.handle.watch();
    stage.until(25).await;
    let outcomes = [stage.outcomes("first"), stage.outcomes("second")];
    stage.handle.stop();
    let mut last = None;
    while let Some(event) = watcher.next().await {
        last = Some(event);
    }
    assert!(matches!(last, Some(Event::Stopped)), "{last:?}");
    outcomes
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_cannot_bear_errors_ends_neither_a_run_nor_the_runner() {
    for spec in [inline, |task| every(task, 10)] {
        let [first, second] = outcomes(false, spec).await;
        assert_eq!(first, ["Failed(\"no route\") x1"; 2]);
        assert_eq!(second, ["Ok x1"; 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_whose_span_cannot_be_made_runs_without() {
    for spec in [inline, |task| every(task, 10)] {
        let [first, second] = outcomes(true, spec).await;
        assert_eq!(first, ["Failed(\"no route\") x1"; 2]);
        assert_eq!(second, ["Ok x1"; 2]);
    }
}

struct Broken;

impl Drop for Broken {
    fn drop(&mut self) {
        panic!("it broke");
    }
}

#[tokio::test(start_paused = true)]
async fn code_that_panics_when_it_is_dropped_ends_its_own_run_only() {
    let stage = Stage::new().await;
    stage.task(inline("other"), |_| async {});
    let (handle, broken) = (stage.handle.clone(), Broken);
    stage.task(inline("broken"), move |_| {
        let _held = &broken;
        let removed = handle.remove("broken").map_err(|error| error.to_string());
        async move { removed }
    });
    stage.until(25).await;
    assert_eq!(stage.outcomes("broken"), ["Panicked(\"it broke\") x1"]);
    assert_eq!(stage.starts("other"), [10, 20]);
}
