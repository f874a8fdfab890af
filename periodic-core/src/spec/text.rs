//! Policies as texts in settings files and variables: `5%`, `allow(3)`, `all(10)`.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;
use core::time::Duration;

use periodic_text::rules::{self, Facts, Rule, Val};
use periodic_text::{no_choice, no_number, quoted};

use super::{Interval, Jitter, Missed, Overlap, RetrySpec};

/// An error: the text is no value of its type. Its `Display` states the correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError(String);

impl PolicyError {
    pub(crate) fn new(advice: impl Into<String>) -> Self {
        Self(advice.into())
    }

    /// Creates the error for all mistakes of one text.
    pub(crate) fn all(mistakes: &[String]) -> Self {
        Self(mistakes.join("; "))
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for PolicyError {}

impl fmt::Display for Jitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Share(share) => periodic_text::written_share(*share).fmt(f),
            Self::UpTo(most) => Interval::from_duration(*most).fmt(f),
        }
    }
}

/// Reads `5%`, a duration, or `none`.
impl FromStr for Jitter {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        if text == "none" {
            return Ok(Self::None);
        }
        if let Some(number) = text.trim().strip_suffix('%') {
            return match periodic_text::share(number.trim_end()) {
                Ok(share) => {
                    in_range(&Facts { jitter_share: Val::Is(share.into()), ..Facts::NONE })?;
                    Ok(Self::Share(share))
                }
                Err(advice) => Err(PolicyError(advice.into())),
            };
        }
        let nanos = nanos(text)?;
        in_range(&Facts { jitter: Val::Is(nanos), ..Facts::NONE })?;
        Ok(Self::UpTo(Duration::from_nanos(nanos.unsigned_abs())))
    }
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skip => f.write_str("skip"),
            Self::Queue => f.write_str("queue"),
            Self::Replace => f.write_str("replace"),
            Self::Allow(most) => write!(f, "allow({most})"),
        }
    }
}

/// Reads `skip`, `queue`, `replace` or `allow(n)`.
impl FromStr for Overlap {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        const CHOICES: [&str; 4] = ["skip", "queue", "replace", "allow(n)"];
        match word(text) {
            ("skip", None) => Ok(Self::Skip),
            ("queue", None) => Ok(Self::Queue),
            ("replace", None) => Ok(Self::Replace),
            ("allow", Some(most)) if !most.is_empty() => {
                let most = number(most, &u32::MAX)?;
                in_range(&Facts { overlap: Some(rules::Overlap::Allow(most)), ..Facts::NONE })?;
                Ok(Self::Allow(most))
            }
            ("allow", None | Some("")) => Err(PolicyError(no_number("allow"))),
            _ => Err(PolicyError(no_choice(text.trim(), &CHOICES))),
        }
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coalesce => f.write_str("coalesce"),
            Self::Skip => f.write_str("skip"),
            Self::All(most) => write!(f, "all({most})"),
        }
    }
}

/// Reads `coalesce`, `skip` or `all(max)`.
impl FromStr for Missed {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        const CHOICES: [&str; 3] = ["coalesce", "skip", "all(max)"];
        match word(text) {
            ("coalesce", None) => Ok(Self::Coalesce),
            ("skip", None) => Ok(Self::Skip),
            ("all", Some(most)) if !most.is_empty() => {
                let most = number(most, &u16::MAX)?;
                in_range(&Facts { missed: Some(rules::Missed::All(most)), ..Facts::NONE })?;
                Ok(Self::All(most))
            }
            ("all", None | Some("")) => Err(PolicyError(no_number("all"))),
            _ => Err(PolicyError(no_choice(text.trim(), &CHOICES))),
        }
    }
}

impl fmt::Display for RetrySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.attempts, self.back_offs())?;
        if self.jitter { f.write_str(", jitter") } else { Ok(()) }
    }
}

/// Reads `3`, `3, 1s..30s` or `3, 1s..30s, jitter`. Reports all mistakes at once.
impl FromStr for RetrySpec {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        // One more part than is valid.
        let parts: Vec<&str> = text.splitn(4, ',').map(str::trim).collect();
        let (has_jitter, parts) = match parts.as_slice() {
            [parts @ .., "jitter"] => (true, parts),
            parts => (false, parts),
        };
        let (attempts, back_off) = match *parts {
            [attempts] => (attempts, None),
            [attempts, back_off] => (attempts, Some(back_off)),
            _ => {
                return Err(PolicyError(
                    "expected a number of attempts, as `3` or `3, 1s..30s, jitter`".into(),
                ));
            }
        };
        let mut retry = Self::new(NonZeroU32::MIN);
        let mut mistakes = Vec::new();
        match self::attempts(attempts) {
            Ok(attempts) => retry.attempts = attempts,
            Err(PolicyError(mistake)) => mistakes.push(mistake),
        }
        match back_off.map_or(Ok(retry), |text| retry.backing_off(text)) {
            Ok(read) => retry = read,
            Err(PolicyError(mistake)) => mistakes.push(mistake),
        }
        retry.jitter = has_jitter;
        if mistakes.is_empty() { Ok(retry) } else { Err(PolicyError::all(&mistakes)) }
    }
}

impl RetrySpec {
    /// Sets both back-offs from the text of a setting: `1s..30s`, or `5s` if they are equal.
    ///
    /// # Errors
    /// When the text holds no durations of more than zero, or the longest is shorter than the first.
    pub fn backing_off(self, text: &str) -> Result<Self, PolicyError> {
        let (first, longest) = text.split_once("..").unwrap_or((text, text));
        let problem = match longest.trim() {
            "" if first != text => "a back-off grows up to a longest one: write it, as in `1s..30s`",
            range if range.starts_with('=') => {
                "write the range with two dots, as in `1s..30s`; its end belongs to it"
            }
            _ => "",
        };
        if !problem.is_empty() {
            return Err(PolicyError(problem.into()));
        }
        let (first, longest) = (nanos(first)?, nanos(longest)?);
        let facts = Facts { backoff: Val::Is(first), longest_backoff: Val::Is(longest), ..Facts::NONE };
        in_range(&facts)?;
        let [first, longest] = [first, longest].map(|nanos| Duration::from_nanos(nanos.unsigned_abs()));
        Ok(self.doubling(first).ceiling(longest))
    }

    /// Returns both back-offs as the text of a setting.
    pub fn back_offs(&self) -> String {
        let first = Interval::from_duration(self.first.min(self.ceiling));
        let longest = Interval::from_duration(self.ceiling);
        if first == longest { first.to_string() } else { format!("{first}..{longest}") }
    }
}

fn attempts(digits: &str) -> Result<NonZeroU32, PolicyError> {
    let Some(attempts) = whole(digits) else {
        let most = u32::MAX;
        return Err(PolicyError(format!(
            "expected a whole number from 2 to {most}; found `{}`",
            quoted(digits)
        )));
    };
    in_range(&Facts { attempts: Val::Is(attempts.into()), ..Facts::NONE })?;
    // The rule refuses zero.
    Ok(NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN))
}

fn nanos(text: &str) -> Result<i64, PolicyError> {
    match text.parse::<Interval>() {
        Ok(interval) => Ok(interval.as_nanos()),
        Err(error) => Err(PolicyError(error.to_string())),
    }
}

/// Refuses one value by the rules of the attribute and of a table.
fn in_range(facts: &Facts) -> Result<(), PolicyError> {
    Rule::out_of_range(facts).map_or(Ok(()), |rule| Err(PolicyError(rule.message().into())))
}

/// Returns a word, and the text in brackets after it.
fn word(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match text.split_once('(').and_then(|(word, rest)| Some((word, rest.strip_suffix(')')?))) {
        Some((word, number)) => (word.trim_end(), Some(number.trim())),
        None => (text, None),
    }
}

/// Reads a whole number as the attribute does.
fn whole(digits: &str) -> Option<u32> {
    periodic_text::whole(digits)?.try_into().ok()
}

fn number<N: TryFrom<u32> + fmt::Display>(digits: &str, most: &N) -> Result<N, PolicyError> {
    let number = whole(digits).and_then(|number| number.try_into().ok());
    number.ok_or_else(|| {
        PolicyError(format!("expected a whole number from 1 to {most}; found `{}`", quoted(digits)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for jitter in [Jitter::None, Jitter::Share(50_000), Jitter::UpTo(Duration::from_millis(1_500))] {
            assert_eq!(jitter.to_string().parse(), Ok(jitter));
        }
        for overlap in [Overlap::Skip, Overlap::Queue, Overlap::Replace, Overlap::Allow(3)] {
            assert_eq!(overlap.to_string().parse(), Ok(overlap));
        }
        for missed in [Missed::Coalesce, Missed::Skip, Missed::All(10)] {
            assert_eq!(missed.to_string().parse(), Ok(missed));
        }
        for retry in ["3, 1s..30s", "2, 5s, jitter", "4, 100ms..2s, jitter"] {
            assert_eq!(retry.parse::<RetrySpec>().unwrap().to_string(), retry);
        }
        // As in the attribute.
        assert_eq!("all(1_000)".parse(), Ok(Missed::All(1_000)));
        assert_eq!("allow(1_0)".parse(), Ok(Overlap::Allow(10)));
        assert_eq!("1_0".parse(), Ok(RetrySpec::new(10.try_into().unwrap())));
        for text in ["all(_1)", "all(+1)", "all(1 0)", "all(1__)x"] {
            assert!(text.parse::<Missed>().is_err(), "{text}");
        }
        assert_eq!("3".parse(), Ok(RetrySpec::new(3.try_into().unwrap())));
        assert_eq!("3,jitter".parse(), Ok(RetrySpec::new(3.try_into().unwrap()).jitter()));
    }

    #[test]
    fn mistakes_say_what_to_write() {
        fn error<T: FromStr<Err = PolicyError> + fmt::Debug>(text: &str) -> String {
            text.parse::<T>().unwrap_err().to_string()
        }
        assert_eq!(error::<Overlap>("skp"), "`skp` is not one of the choices; did you mean `skip`?");
        for text in ["allow", "allow()"] {
            assert_eq!(error::<Overlap>(text), "`allow` needs a number: write `allow(3)`");
        }
        assert_eq!(
            error::<Overlap>("allow(0)"),
            "`allow(0)` would let no run start: write at least `allow(1)`"
        );
        assert_eq!(error::<Missed>("all(65536)"), "expected a whole number from 1 to 65535; found `65536`");
        assert_eq!(
            error::<Missed>("later"),
            "`later` is not one of the choices; expected `coalesce`, `skip` or `all(max)`"
        );
        assert_eq!(error::<Jitter>("101%"), "`jitter` can be at most `\"100%\"` of the spacing");
        assert_eq!(
            error::<Jitter>("3 parsecs"),
            "this unit is not known: the units are w, d, h, m, s, ms, us and ns"
        );
    }

    #[test]
    fn mistakes_of_a_retry_say_what_to_write() {
        let error = |text: &str| text.parse::<RetrySpec>().unwrap_err().to_string();
        let one = Rule::AttemptsTooFew.message();
        assert_eq!((error("1"), error("0")), (one.into(), one.into()));
        assert_eq!(error("many"), "expected a whole number from 2 to 4294967295; found `many`");
        assert_eq!(error("3, 1.."), "a back-off grows up to a longest one: write it, as in `1s..30s`");
        assert!(error("3, 1..=5").starts_with("write the range with two dots"));
        let nothing = Rule::BackoffNotPositive.message();
        assert_eq!((error("3, 0s"), error("3, -1..5")), (nothing.into(), nothing.into()));
        let shrinks = Rule::BackoffShrinks.message();
        assert_eq!(error("3, 30s..1s"), shrinks);
        assert_eq!(error("1, 30s..1s, jitter"), format!("{one}; {shrinks}"), "all are told");
        let form = "expected a number of attempts, as `3` or `3, 1s..30s, jitter`";
        assert_eq!((error("3, 1s, jiter"), error("3, jitter, 1s")), (form.into(), form.into()));
    }

    #[test]
    fn nothing_of_a_jitter_is_none_only_by_that_word() {
        assert_eq!("none".parse(), Ok(Jitter::None));
        for text in ["0", "0%", "0.0%", "0s", "-3s"] {
            let error = text.parse::<Jitter>().unwrap_err();
            assert_eq!(error.to_string(), Rule::JitterNotPositive.message(), "{text}");
        }
    }
}
