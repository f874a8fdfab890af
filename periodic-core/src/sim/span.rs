use core::time::Duration;

use crate::time::{DurationError, Timestamp, TimestampError};

/// A duration in a script: `"1h30m"`, or a [`Duration`].
///
/// A text that cannot be read is reported when the simulation is created, with all other mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span(pub(super) Result<Duration, BadSpan>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadSpan {
    pub(super) text: String,
    /// `None` for a negative duration.
    pub(super) error: Option<DurationError>,
}

impl Span {
    /// Returns the duration; zero if the text could not be read, which the check of the script reports.
    pub(crate) fn length(&self) -> Duration {
        self.0.as_ref().copied().unwrap_or_default()
    }
}

impl From<Duration> for Span {
    fn from(length: Duration) -> Self {
        Self(Ok(length))
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        let bad = |error| BadSpan { text: text.into(), error };
        Self(match periodic_text::duration::parse(text) {
            Ok(nanos) => u64::try_from(nanos).map(Duration::from_nanos).map_err(|_| bad(None)),
            Err(error) => Err(bad(Some(error))),
        })
    }
}

/// A wall-clock time in a script: RFC 3339 text, a [`Timestamp`], or a [`SystemTime`](std::time::SystemTime).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment(pub(super) Result<Timestamp, TimestampError>);

impl From<Timestamp> for Moment {
    fn from(time: Timestamp) -> Self {
        Self(Ok(time))
    }
}

impl From<std::time::SystemTime> for Moment {
    fn from(time: std::time::SystemTime) -> Self {
        Self(Ok(time.into()))
    }
}

impl From<&str> for Moment {
    fn from(text: &str) -> Self {
        Self(text.parse())
    }
}
