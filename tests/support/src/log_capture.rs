use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// Keeps the events that are logged through `tracing`, one line each: `WARN message=a run is late task="poll"`.
///
/// An event inside a span ends with ` in ` and the span's name. Clones share their lines.
///
/// # Examples
/// ```
/// use periodic_test_support::LogCapture;
///
/// let log = LogCapture::default().masking(&["elapsed"]);
/// let _guard = log.listen();
/// tracing::warn!(task = "poll", elapsed = 3, "a run is late");
/// assert_eq!(log.lines(), ["WARN message=a run is late task=\"poll\" elapsed=_"]);
/// ```
#[derive(Clone, Debug)]
pub struct LogCapture {
    lines: Arc<Mutex<Vec<String>>>,
    most: LevelFilter,
    fields: Fields,
}

#[derive(Clone, Copy, Debug)]
enum Fields {
    Masking(&'static [&'static str]),
    Only(&'static [&'static str]),
}

impl Default for LogCapture {
    /// Keeps every event of every level, with all fields.
    fn default() -> Self {
        Self { lines: Arc::default(), most: LevelFilter::TRACE, fields: Fields::Masking(&[]) }
    }
}

impl LogCapture {
    /// Keeps the events of `level` and of more severe levels.
    #[must_use]
    pub fn up_to(mut self, level: Level) -> Self {
        self.most = level.into();
        self
    }

    /// Writes `_` for the values of these fields, such as times, which differ in each run.
    #[must_use]
    pub fn masking(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = Fields::Masking(fields);
        self
    }

    /// Keeps only these fields; the text of an event is its field `message`.
    #[must_use]
    pub fn only(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = Fields::Only(fields);
        self
    }

    /// Listens on this thread, on which all of a test's tasks run, until the guard is dropped.
    pub fn listen(&self) -> DefaultGuard {
        tracing::subscriber::set_default(Registry::default().with(self.clone()))
    }

    /// Returns every line.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// Returns and removes all lines.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.lines.lock().unwrap())
    }

    /// Returns the lines that contain `text`.
    pub fn containing(&self, text: &str) -> Vec<String> {
        self.lines.lock().unwrap().iter().filter(|line| line.contains(text)).cloned().collect()
    }
}

struct Line {
    text: String,
    fields: Fields,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let name = field.name();
        match self.fields {
            Fields::Masking(masked) if masked.contains(&name) => write!(self.text, " {name}=_").unwrap(),
            Fields::Only(kept) if !kept.contains(&name) => {}
            Fields::Masking(_) | Fields::Only(_) => write!(self.text, " {name}={value:?}").unwrap(),
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for LogCapture {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let level = *event.metadata().level();
        if level > self.most {
            return;
        }
        let mut line = Line { text: level.to_string(), fields: self.fields };
        event.record(&mut line);
        if let Some(span) = context.lookup_current() {
            write!(line.text, " in {}", span.name()).unwrap();
        }
        self.lines.lock().unwrap().push(line.text);
    }
}

#[cfg(test)]
mod tests {
    use tracing::{debug, info, info_span, warn};

    use super::*;

    #[test]
    fn lines_say_the_level_the_fields_and_the_span() {
        let log = LogCapture::default();
        let _guard = log.listen();
        info!(task = "poll", slots = 3, "a slot was skipped");
        info_span!("run").in_scope(|| debug!("inside"));
        assert_eq!(
            log.lines(),
            ["INFO message=a slot was skipped task=\"poll\" slots=3", "DEBUG message=inside in run"]
        );
        assert_eq!(log.containing("inside").len(), 1);
        assert_eq!(log.take().len(), 2);
        assert_eq!(log.lines(), [""; 0]);
    }

    #[test]
    fn levels_and_fields_are_left_out() {
        let log = LogCapture::default().up_to(Level::WARN).only(&["task"]);
        let _guard = log.listen();
        info!(task = "poll", "said too often");
        warn!(task = "poll", slots = 3, "late");
        assert_eq!(log.lines(), ["WARN task=\"poll\""]);
    }
}
