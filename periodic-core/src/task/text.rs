//! Policies in text, as settings files and variables have them: `5%`, `allow(3)`, `all(10)`.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;
use core::time::Duration;

use super::{Interval, Jitter, Missed, Overlap, RetrySpec};

/// A text that means no value of its type. Printed, it says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError(String);

impl PolicyError {
    pub(crate) fn new(advice: impl Into<String>) -> Self {
        Self(advice.into())
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

/// Reads `5%`, a duration, or `none`; nothing of either is none.
impl FromStr for Jitter {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        let text = text.trim();
        if text == "none" {
            return Ok(Self::None);
        }
        if let Some(number) = text.strip_suffix('%') {
            return match periodic_text::share(number.trim_end()) {
                Ok(0) => Ok(Self::None),
                Ok(share) => Ok(Self::Share(share)),
                Err(advice) => Err(PolicyError(advice.into())),
            };
        }
        match text.parse::<Interval>() {
            Ok(interval) => match interval.spacing() {
                Some(_) if interval.as_nanos() == 0 => Ok(Self::None),
                Some(most) => Ok(Self::UpTo(most.as_duration())),
                None => Err(PolicyError("a jitter cannot be negative: runs are only ever moved back".into())),
            },
            Err(error) => Err(PolicyError(error.to_string())),
        }
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
        const RULES: [&str; 4] = ["skip", "queue", "replace", "allow(n)"];
        match word(text) {
            ("skip", None) => Ok(Self::Skip),
            ("queue", None) => Ok(Self::Queue),
            ("replace", None) => Ok(Self::Replace),
            ("allow", Some(most)) => number(most, &u32::MAX).map(Self::Allow),
            ("allow", None) => Err(PolicyError("`allow` needs a number: write `\"allow(2)\"`".into())),
            _ => Err(unknown(text, &RULES)),
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
        const RULES: [&str; 3] = ["coalesce", "skip", "all(max)"];
        match word(text) {
            ("coalesce", None) => Ok(Self::Coalesce),
            ("skip", None) => Ok(Self::Skip),
            ("all", Some(most)) => number(most, &u16::MAX).map(Self::All),
            ("all", None) => Err(PolicyError("`all` needs a number: write `\"all(10)\"`".into())),
            _ => Err(unknown(text, &RULES)),
        }
    }
}

impl fmt::Display for RetrySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.attempts, self.back_offs())?;
        if self.jitter { f.write_str(", jitter") } else { Ok(()) }
    }
}

/// Reads `3`, `3, 1s..30s` or `3, 1s..30s, jitter`.
impl FromStr for RetrySpec {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        let mut parts = text.split(',').map(str::trim);
        let mut retry = Self::new(attempts(parts.next().unwrap_or_default())?);
        let mut next = parts.next();
        if let Some(back_off) = next.take_if(|part| *part != "jitter") {
            retry = retry.backing_off(back_off)?;
            next = parts.next();
        }
        match (next, parts.next()) {
            (None, _) => Ok(retry),
            (Some("jitter"), None) => Ok(retry.jitter()),
            _ => Err(PolicyError("expected a number of attempts, as `3` or `3, 1s..30s, jitter`".into())),
        }
    }
}

impl RetrySpec {
    /// Sets both back-offs as settings write them: `1s..30s`, or `5s` where they are all the same.
    ///
    /// # Errors
    /// When the text means no lengths of time of more than zero, or the longest is shorter than the first.
    pub fn backing_off(self, text: &str) -> Result<Self, PolicyError> {
        let (first, longest) = text.split_once("..").unwrap_or((text, text));
        let (first, longest) = (back_off(first)?, back_off(longest)?);
        if longest < first {
            return Err(PolicyError(
                "this back-off ends shorter than it begins: write the shorter time first".into(),
            ));
        }
        Ok(self.doubling(first).ceiling(longest))
    }

    /// Both back-offs as settings write them.
    pub fn back_offs(&self) -> String {
        let first = Interval::from_duration(self.first.min(self.ceiling));
        let longest = Interval::from_duration(self.ceiling);
        if first == longest { first.to_string() } else { format!("{first}..{longest}") }
    }
}

fn attempts(digits: &str) -> Result<NonZeroU32, PolicyError> {
    match digits.parse::<NonZeroU32>() {
        Ok(attempts) if attempts.get() > 1 => Ok(attempts),
        Ok(_) => {
            Err(PolicyError("attempts count the first; write 2 or more, or `\"none\"` for no retry".into()))
        }
        Err(_) => Err(PolicyError("expected a whole number of attempts, 2 or more".into())),
    }
}

fn back_off(text: &str) -> Result<Duration, PolicyError> {
    let interval: Interval = text.trim().parse().map_err(|error| PolicyError(format!("{error}")))?;
    match u64::try_from(interval.as_nanos()) {
        Ok(nanos) if nanos > 0 => Ok(Duration::from_nanos(nanos)),
        _ => Err(PolicyError("a back-off is longer than zero".into())),
    }
}

/// A word, and what stands in brackets after it.
fn word(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match text.split_once('(').and_then(|(word, rest)| Some((word, rest.strip_suffix(')')?))) {
        Some((word, number)) => (word.trim_end(), Some(number.trim())),
        None => (text, None),
    }
}

fn number<N: TryFrom<u32> + fmt::Display>(digits: &str, most: &N) -> Result<N, PolicyError> {
    let number =
        digits.parse().ok().filter(|number| *number > 0).and_then(|number: u32| number.try_into().ok());
    number.ok_or_else(|| PolicyError(format!("expected a whole number from 1 to {most} in the brackets")))
}

fn unknown(text: &str, rules: &[&str]) -> PolicyError {
    let near = periodic_text::nearest(word(text).0, rules.iter().copied(), |rule: &str| {
        [rule.split('(').next().unwrap_or(rule)]
    });
    let known = rules.join("`, `");
    PolicyError(match near {
        Some(near) => format!("unknown rule; did you mean `{near}`? The rules are `{known}`"),
        None => format!("unknown rule; the rules are `{known}`"),
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
        assert_eq!("3".parse(), Ok(RetrySpec::new(3.try_into().unwrap())));
        assert_eq!("3,jitter".parse(), Ok(RetrySpec::new(3.try_into().unwrap()).jitter()));
    }

    #[test]
    fn mistakes_say_what_to_write() {
        fn error<T: FromStr<Err = PolicyError> + fmt::Debug>(text: &str) -> String {
            text.parse::<T>().unwrap_err().to_string()
        }
        assert_eq!(
            error::<Overlap>("skp"),
            "unknown rule; did you mean `skip`? The rules are `skip`, `queue`, `replace`, `allow(n)`"
        );
        assert_eq!(error::<Overlap>("allow"), "`allow` needs a number: write `\"allow(2)\"`");
        assert_eq!(
            error::<Overlap>("allow(0)"),
            "expected a whole number from 1 to 4294967295 in the brackets"
        );
        assert_eq!(error::<Missed>("all(65536)"), "expected a whole number from 1 to 65535 in the brackets");
        assert_eq!(error::<Missed>("later"), "unknown rule; the rules are `coalesce`, `skip`, `all(max)`");
        assert_eq!(error::<Jitter>("101%"), "a jitter can be at most `\"100%\"` of the spacing");
        assert_eq!(error::<Jitter>("-3s"), "a jitter cannot be negative: runs are only ever moved back");
        assert_eq!(
            error::<Jitter>("3 parsecs"),
            "this unit is not known: the units are w, d, h, m, s, ms, us and ns"
        );
    }

    #[test]
    fn mistakes_of_a_retry_say_what_to_write() {
        let error = |text: &str| text.parse::<RetrySpec>().unwrap_err().to_string();
        let one = "attempts count the first; write 2 or more, or `\"none\"` for no retry";
        assert_eq!(error("1"), one);
        assert_eq!(error("0"), "expected a whole number of attempts, 2 or more");
        assert_eq!(error("3, 0s"), "a back-off is longer than zero");
        assert_eq!(error("3, -1..5"), "a back-off is longer than zero");
        assert_eq!(
            error("3, 30s..1s"),
            "this back-off ends shorter than it begins: write the shorter time first"
        );
        let form = "expected a number of attempts, as `3` or `3, 1s..30s, jitter`";
        assert_eq!((error("3, 1s, jiter"), error("3, jitter, 1s")), (form.into(), form.into()));
    }

    #[test]
    fn nothing_of_a_jitter_is_none() {
        for text in ["none", "0", "0%", "0.0%", "0s"] {
            assert_eq!(text.parse(), Ok(Jitter::None), "{text}");
        }
    }
}
