//! Values that are written as a table: `retry = { attempts = 3 }`, `dst = { gap = "skip" }`.

use std::num::NonZeroU32;

use periodic_core::settings::{TaskKey, TaskSetting};
use periodic_core::task::RetrySpec;
use periodic_text::rules::Rule;

use super::ProblemKind;
use super::value::{Fault, Raw, bad, switch, task_setting, wrong_type};

/// The parts of one table that were read so far, for the key whose value it is.
pub(super) enum Nested {
    Retry {
        retry: RetrySpec,
        has_attempts: bool,
    },
    /// The rules in their text form.
    Dst(Vec<String>),
}

impl Nested {
    /// Creates the state of an empty table; `None` if the key's value is no table.
    pub(super) fn of(key: TaskKey) -> Option<Self> {
        match key {
            TaskKey::Retry => {
                Some(Self::Retry { retry: RetrySpec::new(NonZeroU32::MIN), has_attempts: false })
            }
            TaskKey::Dst => Some(Self::Dst(Vec::new())),
            _ => None,
        }
    }

    /// Reads one part.
    pub(super) fn read(&mut self, part: &str, raw: Raw<'_>) -> Result<(), Fault> {
        match self {
            Self::Retry { retry, has_attempts } => {
                *has_attempts |= part == "attempts";
                read_retry(retry, part, raw)
            }
            Self::Dst(rules) => {
                if !matches!(part, "gap" | "overlap") {
                    return unknown(part, ["gap", "overlap"]);
                }
                match raw {
                    Raw::Text(word) if !word.contains([',', '=']) => rules.push(format!("{part} = {word}")),
                    _ => return wrong_type(raw, "one word in quotes, as in { gap = \"skip\" }"),
                }
                // Checked alone, so that each part reports its own mistake.
                let [.., rule] = rules.as_slice() else { return Ok(()) };
                task_setting(TaskKey::Dst, Raw::Text(rule)).map(drop)
            }
        }
    }

    /// Whether a required part is missing, which is reported even if other parts have mistakes.
    pub(super) fn misses_a_part(&self) -> bool {
        matches!(self, Self::Retry { has_attempts: false, .. })
    }

    /// Returns the whole value, once each part was read.
    pub(super) fn finish(self) -> Result<TaskSetting, Fault> {
        match self {
            Self::Retry { has_attempts: false, .. } => {
                Err((ProblemKind::Value, Rule::AttemptsMissing.message().into()))
            }
            Self::Retry { retry, .. } => Ok(TaskSetting::Retry(Some(retry))),
            Self::Dst(rules) => task_setting(TaskKey::Dst, Raw::Text(&rules.join(", "))),
        }
    }
}

fn read_retry(retry: &mut RetrySpec, part: &str, raw: Raw<'_>) -> Result<(), Fault> {
    match part {
        "attempts" => match raw {
            Raw::Number(text) => match text.parse::<RetrySpec>() {
                Ok(read) => retry.attempts = read.attempts,
                Err(error) => return bad(raw, error),
            },
            _ => return wrong_type(raw, "a whole number from 2 to 4294967295"),
        },
        "backoff" => match raw {
            Raw::Text(text) | Raw::Number(text) => {
                *retry = retry.backing_off(text).or_else(|error| bad(raw, error))?;
            }
            _ => return wrong_type(raw, "a range as \"1s..30s\", or a duration"),
        },
        "jitter" => retry.jitter = switch(raw)?,
        _ => return unknown(part, ["attempts", "backoff", "jitter"]),
    }
    Ok(())
}

fn unknown<const N: usize>(part: &str, known: [&str; N]) -> Result<(), Fault> {
    let what = match periodic_text::nearest(part, known, |known| [known]) {
        Some(near) => format!("unknown key; did you mean `{near}`?"),
        None => format!("unknown key; expected one of `{}`", known.join("`, `")),
    };
    Err((ProblemKind::UnknownKey, what))
}
