use core::fmt;

use super::unit::UNITS;

/// Returns `nanos` nanoseconds in a readable form: `1h30m`, `2.5s`, `-1s`.
///
/// [`parse`](super::parse) reads the printed text back as the same number.
///
/// # Examples
/// ```
/// assert_eq!(periodic_text::duration::written(5_400_000_000_000).to_string(), "1h30m");
/// assert_eq!(periodic_text::duration::written(2_500_000_000).to_string(), "2.5s");
/// ```
pub const fn written(nanos: i64) -> Written {
    Written(nanos)
}

/// See [`written`].
#[derive(Clone, Copy, Debug)]
pub struct Written(i64);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        for (name, length) in UNITS {
            let length = length.unsigned_abs();
            let whole = rest / length;
            if whole == 0 || name == "µs" {
                continue;
            }
            rest %= length;
            // From seconds down one part with a fraction reads better than three parts.
            if length <= 1_000_000_000 && rest > 0 {
                return fraction(f, whole, rest, length, name);
            }
            write!(f, "{whole}{name}")?;
        }
        Ok(())
    }
}

fn fraction(f: &mut fmt::Formatter<'_>, whole: u64, rest: u64, length: u64, unit: &str) -> fmt::Result {
    write!(f, "{whole}.")?;
    let mut rest = rest;
    let mut place = length / 10;
    while rest > 0 {
        write!(f, "{}", rest / place)?;
        rest %= place;
        place /= 10;
    }
    f.write_str(unit)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::duration::parse;

    #[test]
    fn reads_as_people_write() {
        for (nanos, text) in [
            (0, "0s"),
            (60_000_000_000, "1m"),
            (90_000_000_000, "1m30s"),
            (2_500_000_000, "2.5s"),
            (125_000_000, "125ms"),
            (1_500, "1.5us"),
            (-1_000_000_000, "-1s"),
            (86_400_000_000_000, "1d"),
        ] {
            assert_eq!(written(nanos).to_string(), text);
        }
    }

    #[test]
    fn is_read_back_as_the_same_number() {
        let mut nanos: i64 = 1;
        for step in 0..2_000 {
            assert_eq!(parse(&written(nanos).to_string()), Ok(nanos), "{nanos}");
            nanos = nanos.wrapping_mul(3).wrapping_add(step) & (i64::MAX >> 1);
        }
        assert_eq!(parse(&written(i64::MAX).to_string()), Ok(i64::MAX));
    }
}
