use core::fmt;
use core::time::Duration;

/// Returns a length of time in seconds, for people: rounded down to 1 µs below 1 ms, and to 1 ms from there.
///
/// # Examples
/// ```
/// use std::time::Duration;
///
/// assert_eq!(periodic_text::seconds(Duration::from_millis(6_100)).to_string(), "6.1s");
/// assert_eq!(periodic_text::seconds(Duration::from_micros(52)).to_string(), "0.000052s");
/// ```
pub const fn seconds(length: Duration) -> Seconds {
    Seconds(length)
}

/// See [`seconds`].
#[derive(Clone, Copy, Debug)]
pub struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(length) = *self;
        let mut micros = length.subsec_micros();
        if length >= Duration::from_millis(1) {
            micros -= micros % 1_000;
        }
        write!(f, "{}", length.as_secs())?;
        if micros > 0 {
            let mut width = 6;
            while micros % 10 == 0 {
                micros /= 10;
                width -= 1;
            }
            write!(f, ".{micros:0width$}")?;
        }
        f.write_str("s")
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_length_has_only_the_digits_that_count() {
        for (nanos, text) in [
            (0, "0s"),
            (999, "0s"),
            (52_999, "0.000052s"),
            (999_999, "0.000999s"),
            (1_999_999, "0.001s"),
            (3_000_000, "0.003s"),
            (6_100_999_999, "6.1s"),
            (60_000_000_000, "60s"),
            (3_600_050_000_000, "3600.05s"),
        ] {
            assert_eq!(seconds(Duration::from_nanos(nanos)).to_string(), text);
        }
        assert_eq!(seconds(Duration::MAX).to_string(), "18446744073709551615.999s");
    }
}
