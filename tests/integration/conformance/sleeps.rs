use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// The sleeps that a looping call or a retry reported, in seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    pub(super) sleeps: Vec<f64>,
    /// By how much the last run that was warned of outlasted its interval.
    pub(super) excess: Option<f64>,
}

/// Runs `work` under paused time and listens. The sleeps are heard, not measured, because tokio's timer rounds
/// them to milliseconds.
pub(super) fn heard<T>(work: impl Future<Output = T>) -> (T, Heard) {
    let ear = Ear::default();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let answer =
        tracing::subscriber::with_default(Registry::default().with(ear.clone()), || runtime.block_on(work));
    let heard = ear.0.lock().unwrap().clone();
    (answer, heard)
}

/// Whether two lists of seconds are the same but for a billionth, or for the half nanosecond that a duration
/// cannot hold.
pub(super) fn same(left: &[f64], right: &[f64]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(l, r)| (l - r).abs() <= 1e-9 * r.abs() + 0.6e-9)
}

/// A recorded time of the original, whose negative sleeps are none.
pub(super) fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
}

#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Heard>>);

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut *self.0.lock().unwrap());
    }
}

impl Visit for Heard {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "idle" | "delay" => self.sleeps.push(seconds(&format!("{value:?}"))),
            "excess" => self.excess = Some(seconds(&format!("{value:?}"))),
            _ => {}
        }
    }
}

/// Reads the form in which `Duration` is written for debugging.
fn seconds(text: &str) -> f64 {
    for (unit, size) in [("ns", 1e9), ("µs", 1e6), ("ms", 1e3), ("s", 1.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return number.parse::<f64>().unwrap() / size;
        }
    }
    panic!("`{text}` is no duration")
}
