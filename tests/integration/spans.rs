//! The spans of a test: when each was open, and below which other.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tokio::time::Instant;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// Writes down each span when it is closed, and each event with the names of the spans in which it is.
#[derive(Clone)]
pub(crate) struct Spans {
    begun: Instant,
    closed: Arc<Mutex<Vec<String>>>,
    events: Arc<Mutex<Vec<String>>>,
}

struct Open {
    since: u64,
    fields: String,
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // The parts that differ from run to run are left out.
        if !matches!(field.name(), "slot" | "lateness" | "elapsed") {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }
}

impl Spans {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), closed: Arc::default(), events: Arc::default() }
    }

    /// Listens on this thread, on which all of a test's tasks run.
    pub(crate) fn listen(&self) -> DefaultGuard {
        self.listen_at(LevelFilter::TRACE)
    }

    /// The same, to levels up to `most` alone.
    pub(crate) fn listen_at(&self, most: LevelFilter) -> DefaultGuard {
        tracing::subscriber::set_default(Registry::default().with(self.clone()).with(most))
    }

    /// The closed spans in the order of their ends: `NAME FROM..TO FIELDS`, with the seconds after the beginning.
    pub(crate) fn closed(&self) -> Vec<String> {
        self.closed.lock().unwrap().clone()
    }

    /// The events that contain `text`: `MESSAGE FIELDS in SPANS`.
    pub(crate) fn events(&self, text: &str) -> Vec<String> {
        let mut events = self.events.lock().unwrap().clone();
        events.retain(|event| event.contains(text));
        events
    }

    fn seconds(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let mut fields = String::new();
        if let Some(parent) = span.parent() {
            write!(fields, " below {}", parent.name()).unwrap();
        }
        attributes.record(&mut Fields(&mut fields));
        span.extensions_mut().insert(Open { since: self.seconds(), fields });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        let mut extensions = span.extensions_mut();
        values.record(&mut Fields(&mut extensions.get_mut::<Open>().unwrap().fields));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = String::new();
        event.record(&mut Fields(&mut line));
        for span in context.event_scope(event).into_iter().flatten() {
            write!(line, " in {}", span.name()).unwrap();
        }
        self.events.lock().unwrap().push(line.trim().to_owned());
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).unwrap();
        let extensions = span.extensions();
        let Open { since, fields } = extensions.get::<Open>().unwrap();
        let line = format!("{} {since}..{}{fields}", span.name(), self.seconds());
        self.closed.lock().unwrap().push(line);
    }
}
