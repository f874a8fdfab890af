//! Values, wherever they were written.

use std::fmt;
use std::num::NonZeroU64;
use std::time::Duration;

use periodic_core::settings::{OptionKind, ServiceOption, ServiceOptions, TaskKey, TaskSetting};
use periodic_core::task::Interval;
#[cfg(feature = "settings")]
use periodic_core::task::RetrySpec;

use periodic_text::quoted;

use super::ProblemKind;

/// A value as it was written.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "settings"), expect(dead_code, reason = "what has a type comes from files alone"))]
pub(super) enum Raw<'a> {
    Text(&'a str),
    /// Its digits.
    Number(&'a str),
    Switch(bool),
    /// A table as its parts in one text: `gap = skip, overlap = twice`.
    Parts(&'a str),
    /// What stands in a variable, which has no type of its own.
    Variable(&'a str),
    /// Something that no key takes, by its name in TOML.
    Other(&'static str),
}

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "the text `{}`", quoted(text)),
            Self::Number(digits) => write!(f, "the number {}", quoted(digits)),
            Self::Switch(value) => value.fmt(f),
            Self::Parts(text) => write!(f, "the table `{{ {} }}`", quoted(text)),
            Self::Variable(text) => write!(f, "`{}`", quoted(text)),
            Self::Other(name) => write!(f, "{name}"),
        }
    }
}

/// What is wrong with a value.
pub(super) type Fault = (ProblemKind, String);

/// Reads the value of a task's key.
pub(super) fn task_setting(key: TaskKey, raw: Raw<'_>) -> Result<TaskSetting, Fault> {
    match key {
        TaskKey::Spacing => interval(raw, "a length of time").map(TaskSetting::Spacing),
        TaskKey::Cron | TaskKey::Tz | TaskKey::Dst => wall_clock(key, raw),
        TaskKey::Enabled => switch(raw).map(TaskSetting::Enabled),
        TaskKey::Jitter => {
            parsed(raw, "a share as \"5%\", a length of time, or \"none\"").map(TaskSetting::Jitter)
        }
        TaskKey::Timeout => {
            let timeout = optional_length(raw)?;
            if timeout == Some(Duration::ZERO) {
                return bad(raw, "no run can end in no time; write \"none\" for no timeout");
            }
            Ok(TaskSetting::Timeout(timeout))
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
        TaskKey::Grace => optional_length(raw).map(TaskSetting::Grace),
        TaskKey::MaxRuns => runs(raw).map(TaskSetting::MaxRuns),
        _ => Err((ProblemKind::UnknownKey, "this key cannot be set".into())),
    }
}

/// Reads one part of a `retry` that is written as a table.
#[cfg(feature = "settings")]
pub(super) fn retry_part(mut retry: RetrySpec, part: &str, raw: Raw<'_>) -> Result<RetrySpec, Fault> {
    const PARTS: [&str; 3] = ["attempts", "backoff", "jitter"];
    match part {
        "attempts" => match raw {
            Raw::Number(text) => match text.parse::<RetrySpec>() {
                Ok(read) => retry.attempts = read.attempts,
                Err(error) => return bad(raw, error),
            },
            _ => return wrong_type(raw, "a whole number from 2 on"),
        },
        "backoff" => match raw {
            Raw::Text(text) | Raw::Number(text) => {
                retry = retry.backing_off(text).or_else(|error| bad(raw, error))?;
            }
            _ => return wrong_type(raw, "a range as \"1s..30s\", or a length of time"),
        },
        "jitter" => retry.jitter = switch(raw)?,
        _ => {
            let near = periodic_text::nearest(part, PARTS, |known| [known]);
            let near = near.map(|near| format!("; did you mean `{near}`?"));
            let known = || format!("; a retry has `{}`", PARTS.join("`, `"));
            return Err((ProblemKind::UnknownKey, format!("unknown key{}", near.unwrap_or_else(known))));
        }
    }
    Ok(retry)
}

/// Sets an option of the service.
pub(super) fn set_option(
    option: &ServiceOption,
    raw: Raw<'_>,
    options: &mut ServiceOptions,
) -> Result<(), Fault> {
    match option.kind {
        OptionKind::Switch(place) => *place(options) = switch(raw)?,
        OptionKind::Length(place) => *place(options) = length(raw, "a length of time")?,
        OptionKind::PositiveLength(place) => match length(raw, "a length of time")? {
            Duration::ZERO => return bad(raw, "it must be more than zero"),
            length => *place(options) = length,
        },
        _ => return Err((ProblemKind::UnknownKey, "this option cannot be set".into())),
    }
    Ok(())
}

/// What to say of a key that no task has; `spelled` writes a key as it stands where it was read.
pub(super) fn unknown_task_key(key: &str, spelled: &dyn Fn(&str) -> String) -> String {
    if let Some(near) = periodic_text::nearest(key, &TaskKey::ALL, |known| [known.as_str()]) {
        return format!("unknown key; did you mean `{}`?", spelled(near.as_str()));
    }
    let mut known = Vec::with_capacity(TaskKey::ALL.len());
    for key in TaskKey::ALL {
        known.push(spelled(key.as_str()));
    }
    format!("unknown key; the keys of a task are `{}`", known.join("`, `"))
}

fn interval(raw: Raw<'_>, expected: &str) -> Result<Interval, Fault> {
    let text = match raw {
        // A sign that TOML allows before a number and durations do without.
        Raw::Number(text) => text.strip_prefix('+').unwrap_or(text),
        Raw::Text(text) | Raw::Variable(text) => text,
        Raw::Switch(_) | Raw::Parts(_) | Raw::Other(_) => return wrong_type(raw, expected),
    };
    text.parse().or_else(|error| bad(raw, error))
}

fn length(raw: Raw<'_>, expected: &str) -> Result<Duration, Fault> {
    let nanos = interval(raw, expected)?.as_nanos();
    match u64::try_from(nanos) {
        Ok(nanos) => Ok(Duration::from_nanos(nanos)),
        Err(_) => bad(raw, "it cannot be negative"),
    }
}

fn optional_length(raw: Raw<'_>) -> Result<Option<Duration>, Fault> {
    match raw {
        Raw::Text("none") | Raw::Variable("none") => Ok(None),
        _ => length(raw, "a length of time, or \"none\"").map(Some),
    }
}

fn switch(raw: Raw<'_>) -> Result<bool, Fault> {
    match raw {
        Raw::Switch(value) => Ok(value),
        Raw::Variable(text) => text.parse().or_else(|_| bad(raw, "expected true or false")),
        _ => wrong_type(raw, "true or false"),
    }
}

fn runs(raw: Raw<'_>) -> Result<Option<NonZeroU64>, Fault> {
    const EXPECTED: &str = "a whole number from 1 on, or \"none\"";
    match raw {
        Raw::Text("none") | Raw::Variable("none") => Ok(None),
        Raw::Number(text) | Raw::Variable(text) => match text.strip_prefix('+').unwrap_or(text).parse() {
            Ok(runs) => Ok(Some(runs)),
            Err(_) => bad(raw, format_args!("expected {EXPECTED}")),
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
        (_, Raw::Text(text) | Raw::Variable(text)) | (TaskKey::Dst, Raw::Parts(text)) => (text, ""),
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
        Raw::Switch(_) | Raw::Parts(_) | Raw::Other(_) => wrong_type(raw, expected),
    }
}

fn wrong_type<T>(raw: Raw<'_>, expected: &str) -> Result<T, Fault> {
    Err((ProblemKind::Type, format!("expected {expected}, found {raw}")))
}

fn bad<T>(raw: Raw<'_>, advice: impl fmt::Display) -> Result<T, Fault> {
    Err(fault(raw, &advice))
}

fn fault(raw: Raw<'_>, advice: &dyn fmt::Display) -> Fault {
    (ProblemKind::Value, format!("{raw}: {advice}"))
}
