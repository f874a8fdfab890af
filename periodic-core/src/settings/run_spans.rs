use core::fmt;
use core::str::FromStr;

use periodic_text::no_choice;

/// The level of the `tracing` span of a run.
///
/// The span names the task and the slot for the lines that the task's code writes. It costs several times as much as a
/// short run, for each run that a subscriber sees. Lines about outcomes are outside it, and name the task themselves.
///
/// # Examples
/// ```
/// use periodic_core::settings::RunSpans;
///
/// assert_eq!("info".parse(), Ok(RunSpans::Info));
/// let error = "inof".parse::<RunSpans>().unwrap_err();
/// assert_eq!(error, "`inof` is not one of the choices; did you mean `info`?");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunSpans {
    /// Runs have no span.
    Off,
    /// A subscriber at DEBUG sees the spans.
    #[default]
    Debug,
    /// A subscriber at INFO sees them too.
    Info,
}

impl RunSpans {
    const ALL: [Self; 3] = [Self::Off, Self::Debug, Self::Info];

    /// Returns its word in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Debug => "debug",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for RunSpans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RunSpans {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|level| level.as_str() == word);
        found.ok_or_else(|| no_choice(word, &Self::ALL.map(Self::as_str)))
    }
}
