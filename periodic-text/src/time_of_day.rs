use core::fmt;

const MILLIS_A_DAY: i64 = 86_400_000;

/// Returns the time of day, in UTC, of a time in nanoseconds since the Unix epoch, to the millisecond.
///
/// # Examples
/// ```
/// let time = periodic_text::time_of_day(1_767_225_600_000_000_000 + 5_000_000_000);
/// assert_eq!(time.to_string(), "00:00:05.000Z");
/// assert_eq!(time.whole_seconds().to_string(), "00:00:05Z");
/// ```
pub const fn time_of_day(nanos: i64) -> TimeOfDay {
    let millis = nanos.saturating_add(500_000).div_euclid(1_000_000);
    TimeOfDay { millis: millis.rem_euclid(MILLIS_A_DAY), with_fraction: true }
}

/// See [`time_of_day`].
#[derive(Clone, Copy, Debug)]
pub struct TimeOfDay {
    millis: i64,
    with_fraction: bool,
}

impl TimeOfDay {
    /// Leaves out the fraction of the second.
    #[must_use]
    pub const fn whole_seconds(self) -> Self {
        Self { with_fraction: false, ..self }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.millis / 1_000, self.millis % 1_000);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)?;
        if self.with_fraction {
            write!(f, ".{millis:03}")?;
        }
        f.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_time_is_rounded_to_its_millisecond() {
        for (nanos, text) in [
            (0, "00:00:00.000Z"),
            (499_999, "00:00:00.000Z"),
            (500_000, "00:00:00.001Z"),
            (86_399_999_400_000, "23:59:59.999Z"),
            (86_399_999_500_000, "00:00:00.000Z"),
            (-1_000_000, "23:59:59.999Z"),
        ] {
            assert_eq!(time_of_day(nanos).to_string(), text);
        }
    }
}
