//! Values from files and variables.

use std::fmt;
use std::num::NonZeroU64;
use std::time::Duration;

use periodic_core::settings::{OptionKind, ServiceOption, ServiceOptions, TaskKey, TaskSetting};
use periodic_core::task::Interval;
use periodic_text::rules::{Facts, Rule, Val};

use periodic_text::quoted;

use super::ProblemKind;

/// A value as it was written.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "settings"), expect(dead_code, reason = "only files have typed values"))]
pub(super) enum Raw<'a> {
    Text(&'a str),
    /// A number, by its digits.
    Number(&'a str),
    Switch(bool),
    /// The value of a variable, which has no type of its own.
    Variable(&'a str),
    /// A value that no key takes, by its name in TOML.
    Other(&'static str),
}

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "the text `{}`", quoted(text)),
            Self::Number(digits) => write!(f, "the number {}", quoted(digits)),
            Self::Switch(value) => value.fmt(f),
            Self::Variable(text) => write!(f, "`{}`", quoted(text)),
            Self::Other(name) => write!(f, "{name}"),
        }
    }
}

/// A mistake in a value.
pub(super) type Fault = (ProblemKind, String);

/// Reads the value of a task's key.
pub(super) fn task_setting(key: TaskKey, raw: Raw<'_>) -> Result<TaskSetting, Fault> {
    read(key, raw).map_err(with_none)
}

/// Adds a hint: in settings the word "none" removes a declared value, where code leaves the argument out.
fn with_none((kind, mut what): Fault) -> Fault {
    let takes_none =
        [Rule::TimeoutNotPositive, Rule::JitterNotPositive, Rule::MaxRunsZero, Rule::AttemptsTooFew];
    if takes_none.iter().any(|rule| what.ends_with(rule.message())) {
        what.push_str(", or write \"none\"");
    }
    (kind, what)
}

fn read(key: TaskKey, raw: Raw<'_>) -> Result<TaskSetting, Fault> {
    match key {
        TaskKey::Spacing => interval(raw, "a duration").map(TaskSetting::Spacing),
        TaskKey::Cron | TaskKey::Tz | TaskKey::Dst => wall_clock(key, raw),
        TaskKey::Enabled => switch(raw).map(TaskSetting::Enabled),
        TaskKey::Jitter => {
            without_exponent(raw)?;
            parsed(raw, "a share as \"5%\", a duration, or \"none\"").map(TaskSetting::Jitter)
        }
        TaskKey::Timeout => {
            optional_length(raw, |timeout| Facts { timeout, ..Facts::NONE }).map(TaskSetting::Timeout)
        }
        TaskKey::Retry => match raw {
            Raw::Text("none") | Raw::Variable("none") => Ok(TaskSetting::Retry(None)),
            _ => parsed(
                raw,
                "a number of attempts, a table as { attempts = 3, backoff = \"1s..30s\" }, or \"none\"",
            )
            .map(|retry| TaskSetting::Retry(Some(retry))),
        },
        TaskKey::Overlap => rule(raw).map(|rule| TaskSetting::Overlap(Some(rule))),
        TaskKey::Missed => rule(raw).map(|rule| TaskSetting::Missed(Some(rule))),
        TaskKey::Grace => {
            optional_length(raw, |grace| Facts { grace, ..Facts::NONE }).map(TaskSetting::Grace)
        }
        TaskKey::MaxRuns => runs(raw).map(TaskSetting::MaxRuns),
        _ => Err((ProblemKind::UnknownKey, "this key cannot be set".into())),
    }
}

/// Sets an option of the service.
pub(super) fn set_option(
    option: &ServiceOption,
    raw: Raw<'_>,
    options: &mut ServiceOptions,
) -> Result<(), Fault> {
    match option.kind {
        OptionKind::Switch(place) => *place(options) = switch(raw)?,
        OptionKind::Length(place) | OptionKind::PositiveLength(place) => {
            let nanos = interval(raw, "a duration")?.as_nanos();
            if let Some(what) = option.out_of_range(nanos) {
                return bad(raw, what);
            }
            *place(options) = Duration::from_nanos(nanos.unsigned_abs());
        }
        OptionKind::RunSpans(place) => {
            *place(options) = match raw {
                Raw::Text(text) | Raw::Variable(text) => text.parse().or_else(|error| bad(raw, error))?,
                _ => return wrong_type(raw, "a level in quotes"),
            }
        }
        _ => return Err((ProblemKind::UnknownKey, "this option cannot be set".into())),
    }
    Ok(())
}

/// The arguments of the attribute that are no keys of settings.
const DECLARED: [&str; 8] = [
    "align",
    "blocking",
    "external_process_ok",
    "from",
    "initial_delay",
    "inline",
    "name",
    "run_immediately",
];

/// Returns the text about an unknown key of a task; `spelled` writes a key in the spelling of the place that was read.
pub(super) fn unknown_task_key(key: &str, spelled: &dyn Fn(&str) -> String) -> String {
    if DECLARED.contains(&key) {
        return format!("`{}` is part of the declaration: settings cannot change it", spelled(key));
    }
    if let Some(near) = periodic_text::nearest(key, &TaskKey::ALL, |known| [known.as_str()]) {
        return format!("unknown key; did you mean `{}`?", spelled(near.as_str()));
    }
    let mut known = Vec::with_capacity(TaskKey::ALL.len());
    for key in TaskKey::ALL {
        known.push(spelled(key.as_str()));
    }
    format!("unknown key; expected one of `{}`", known.join("`, `"))
}

/// Refuses a number with an exponent, as the attribute does.
fn without_exponent(raw: Raw<'_>) -> Result<(), Fault> {
    match raw {
        Raw::Number(text) if text.contains(['e', 'E']) => bad(raw, "write the number without an exponent"),
        _ => Ok(()),
    }
}

/// Returns the text of a value. TOML allows a `+` before a number; Rust and durations do not.
fn without_plus<'a>(raw: Raw<'_>, text: &'a str) -> &'a str {
    if let Raw::Number(_) = raw { text.strip_prefix('+').unwrap_or(text) } else { text }
}

fn interval(raw: Raw<'_>, expected: &str) -> Result<Interval, Fault> {
    without_exponent(raw)?;
    let text = match raw {
        Raw::Number(text) | Raw::Text(text) | Raw::Variable(text) => without_plus(raw, text),
        Raw::Switch(_) | Raw::Other(_) => return wrong_type(raw, expected),
    };
    text.parse().or_else(|error| bad(raw, error))
}

/// Reads a duration whose range the rules check; `facts` passes it to them.
fn optional_length(raw: Raw<'_>, facts: impl Fn(Val) -> Facts) -> Result<Option<Duration>, Fault> {
    if let Raw::Text("none") | Raw::Variable("none") = raw {
        return Ok(None);
    }
    let nanos = interval(raw, "a duration, or \"none\"")?.as_nanos();
    in_range(raw, &facts(Val::Is(nanos)))?;
    Ok(Some(Duration::from_nanos(nanos.unsigned_abs())))
}

/// Refuses a value by the rules of the attribute and of a table.
fn in_range(raw: Raw<'_>, facts: &Facts) -> Result<(), Fault> {
    Rule::out_of_range(facts).map_or(Ok(()), |rule| bad(raw, rule.message()))
}

pub(super) fn switch(raw: Raw<'_>) -> Result<bool, Fault> {
    match raw {
        Raw::Switch(value) => Ok(value),
        Raw::Variable(text) => text.parse().or_else(|_| bad(raw, "expected true or false")),
        _ => wrong_type(raw, "true or false"),
    }
}

fn runs(raw: Raw<'_>) -> Result<Option<NonZeroU64>, Fault> {
    const EXPECTED: &str = "a whole number, at least 1, or \"none\"";
    match raw {
        Raw::Text("none") | Raw::Variable("none") => Ok(None),
        Raw::Number(text) | Raw::Variable(text) => match periodic_text::whole(without_plus(raw, text)) {
            Some(0) => {
                in_range(raw, &Facts { max_runs: Val::Is(0), ..Facts::NONE })?;
                Ok(None)
            }
            Some(runs) => Ok(NonZeroU64::new(runs)),
            None => bad(raw, format_args!("expected {EXPECTED}")),
        },
        _ => wrong_type(raw, EXPECTED),
    }
}

fn rule<T: std::str::FromStr<Err: fmt::Display>>(raw: Raw<'_>) -> Result<T, Fault> {
    match raw {
        Raw::Number(_) => wrong_type(raw, "a rule in quotes"),
        _ => parsed(raw, "a rule in quotes"),
    }
}

fn wall_clock(key: TaskKey, raw: Raw<'_>) -> Result<TaskSetting, Fault> {
    let (text, expected) = match (key, raw) {
        (_, Raw::Text(text) | Raw::Variable(text)) => (text, ""),
        (TaskKey::Dst, _) => ("", "a table of rules, as in { gap = \"skip\", overlap = \"twice\" }"),
        (TaskKey::Cron, _) => ("", "an expression in quotes, as in \"0 3 * * *\""),
        _ => ("", "a zone in quotes, as in \"Europe/Berlin\""),
    };
    if !expected.is_empty() {
        return wrong_type(raw, expected);
    }
    TaskSetting::wall_clock(key, text).or_else(|error| bad(raw, error))
}

fn parsed<T: std::str::FromStr<Err: fmt::Display>>(raw: Raw<'_>, expected: &str) -> Result<T, Fault> {
    match raw {
        Raw::Text(text) | Raw::Number(text) | Raw::Variable(text) => {
            text.parse().or_else(|error| bad(raw, error))
        }
        Raw::Switch(_) | Raw::Other(_) => wrong_type(raw, expected),
    }
}

pub(super) fn wrong_type<T>(raw: Raw<'_>, expected: &str) -> Result<T, Fault> {
    Err((ProblemKind::Type, format!("expected {expected}, found {raw}")))
}

pub(super) fn bad<T>(raw: Raw<'_>, advice: impl fmt::Display) -> Result<T, Fault> {
    Err(fault(raw, &advice))
}

fn fault(raw: Raw<'_>, advice: &dyn fmt::Display) -> Fault {
    (ProblemKind::Value, format!("{raw}: {advice}"))
}
