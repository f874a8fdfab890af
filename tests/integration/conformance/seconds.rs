use core::fmt;
use core::time::Duration;

use periodic::task::Interval;
use periodic::time::Instant;
use serde::Deserialize;
use serde_json::Number;

/// A number of seconds, exact: read from its decimal text, and refused if it is no whole nanosecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "Number")]
pub(super) struct Seconds(i64);

impl Seconds {
    pub(super) fn instant(self) -> Instant {
        Instant::from_nanos(self.0)
    }

    pub(super) fn interval(self) -> Interval {
        Interval::from_nanos(self.0)
    }
}

impl From<Instant> for Seconds {
    fn from(instant: Instant) -> Self {
        Self(instant.as_nanos())
    }
}

impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        Self(i64::try_from(duration.as_nanos()).expect("a sleep is at most a minute"))
    }
}

impl TryFrom<Number> for Seconds {
    type Error = String;

    fn try_from(number: Number) -> Result<Self, String> {
        exact(number.as_str())
            .map(Self)
            .ok_or_else(|| format!("`{number}` s is no whole number of nanoseconds"))
    }
}

/// The nanoseconds of a decimal number of seconds.
fn exact(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 9 {
        return None;
    }
    let nanos = format!("{whole}{fraction:0<9}").parse::<i64>().ok()?;
    Some(sign * nanos)
}

impl fmt::Debug for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let nanos = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:09} s", nanos / 1_000_000_000, nanos % 1_000_000_000)
    }
}

#[test]
fn seconds_are_read_exactly() {
    for (text, nanos) in [
        ("0", Some(0)),
        ("140891.0", Some(140_891_000_000_000)),
        ("0.125", Some(125_000_000)),
        ("-1", Some(-1_000_000_000)),
        ("-0.5", Some(-500_000_000)),
        ("0.000000001", Some(1)),
        ("0.0000000001", None),
        ("1e3", None),
        ("9999999999", None),
    ] {
        assert_eq!(exact(text), nanos, "{text}");
    }
}
