//! The keys of wall-clock schedules, as texts.

use super::{TaskKey, TaskSetting};
use crate::spec::PolicyError;
#[cfg(feature = "cron")]
use crate::spec::interned;

/// The most bytes of a zone's name. The longest one has 32.
#[cfg(feature = "cron")]
const ZONE: usize = 255;

impl TaskSetting {
    /// Reads the value of `cron`, `tz` or `dst`, the last as `gap = skip, overlap = twice`.
    ///
    /// An unknown zone is found when a table is built. Texts are kept for the rest of the process, each once.
    ///
    /// # Errors
    /// When the text is no expression or no such rule, for any other key, and in a build without the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn wall_clock(key: TaskKey, text: &str) -> Result<Self, PolicyError> {
        match key {
            TaskKey::Cron => match text.parse() {
                Ok(expression) => Ok(Self::Cron(expression)),
                Err(error) => Err(PolicyError::new(expression_advice(&error, text))),
            },
            // A bound, because the text is kept for the rest of the process.
            TaskKey::Tz if text.len() > ZONE => Err(PolicyError::new(format!(
                "a zone has at most {ZONE} bytes, and this one has {}",
                text.len()
            ))),
            TaskKey::Tz => Ok(Self::Tz(interned(text))),
            TaskKey::Dst => text.parse().map(Self::Dst),
            _ => Err(PolicyError::new(format!("`{key}` is no key of a wall-clock schedule"))),
        }
    }

    /// Returns an error, because this build has no wall-clock schedules.
    ///
    /// # Errors
    /// Always: the feature `cron` is off.
    #[cfg(not(feature = "cron"))]
    pub fn wall_clock(key: TaskKey, _: &str) -> Result<Self, PolicyError> {
        Err(PolicyError::new(format!(
            "`{key}` needs the feature `cron` of `periodic-tasks`: cargo add periodic-tasks --features cron"
        )))
    }
}

/// Returns the mistake, and two lines that show its place.
#[cfg(feature = "cron")]
fn expression_advice(error: &crate::task::CronError, text: &str) -> String {
    let shown = error.caret(text).to_string();
    let lines = shown.lines().map(|line| format!("\n    {line}"));
    lines.fold(error.to_string(), |advice, line| advice + &line)
}
