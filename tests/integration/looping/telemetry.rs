//! What a looping call says through `tracing`.

use std::fmt::{Debug, Write as _};
use std::ops::ControlFlow::{Break, Continue};
use std::sync::{Arc, Mutex};

use periodic::group::TaskGroup;
use periodic::looping::FixedInterval;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::secs;

#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Said {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let level = *event.metadata().level();
        // Less is for those who look for it.
        if level <= Level::WARN {
            let span = context.lookup_current().map_or("", |span| span.name());
            let mut line = Line(format!("{span} {level}"));
            event.record(&mut line);
            self.0.lock().unwrap().push(line.0);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn outlasted_intervals_and_failures_are_said_once_each() {
    let said = Said::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(said.clone()));
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
        *said.0.lock().unwrap(),
        [
            format!(
                "looping_call ERROR message=looping call failed {kind} name=\"poll\" cause=the callback failed: no luck goes_on=true"
            ),
            format!(
                "looping_call WARN message=a run outlasted its interval {kind} name=\"poll\" elapsed=3s interval=2s excess=1s"
            ),
            format!(
                "looping_call ERROR message=looping call failed {kind} name=\"probe\" cause=the callback failed: the end goes_on=false"
            ),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_in_a_group_is_one_error() {
    let said = Said::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(said.clone()));
    let group = TaskGroup::new();
    let timer = group.add_timer(secs(1), || async { Err::<(), _>("no luck") }).unwrap();
    timer.wait().await.unwrap_err();
    let work = group.spawn(async { Err::<(), _>("no luck") }).unwrap();
    work.wait().await.unwrap_err();

    let said = said.0.lock().unwrap();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("looping_call ERROR message=looping call failed"), "{said:#?}");
    assert!(said[1].starts_with("group_task ERROR message=a member of a group failed"), "{said:#?}");
}
