use alloc::format;
use core::fmt;

const WHOLE: u32 = 1_000_000;

/// Reads a percentage without its sign, as millionths of the whole. The result is exact.
///
/// # Errors
/// When the text is not digits with at most one point, is finer than a millionth, or is more than 100. The error is the
/// advice, as a clause.
///
/// # Examples
/// ```
/// assert_eq!(periodic_text::share("5"), Ok(50_000));
/// assert_eq!(periodic_text::share("0.0001"), Ok(1));
/// assert_eq!(periodic_text::written_share(5_000).to_string(), "0.5%");
/// ```
pub fn share(number: &str) -> Result<u32, &'static str> {
    const EXPECTED: &str = "expected a percentage as in `\"5%\"` or `\"0.5%\"`";
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || number.ends_with('.') {
        return Err(EXPECTED);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 4 {
        return Err("a percentage has at most four digits after the point");
    }
    match format!("{whole}{fraction:0<4}").parse() {
        Ok(share @ 0..=WHOLE) => Ok(share),
        _ => Err(crate::rules::Rule::JitterOverWhole.message()),
    }
}

/// Returns millionths of a whole in a readable form: `5%`, `0.5%`. [`share`] reads the number back.
pub const fn written_share(millionths: u32) -> WrittenShare {
    WrittenShare(millionths)
}

/// See [`written_share`].
#[derive(Clone, Copy, Debug)]
pub struct WrittenShare(u32);

impl fmt::Display for WrittenShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, mut rest) = (self.0 / 10_000, self.0 % 10_000);
        write!(f, "{whole}")?;
        let mut place = 1_000;
        if rest > 0 {
            f.write_str(".")?;
        }
        while rest > 0 {
            write!(f, "{}", rest / place)?;
            rest %= place;
            place /= 10;
        }
        f.write_str("%")
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn percentages_are_exact() {
        assert_eq!(share("5"), Ok(50_000));
        assert_eq!(share("0.5"), Ok(5_000));
        assert_eq!(share("0.0001"), Ok(1));
        assert_eq!(share("12.500000"), Ok(125_000));
        assert_eq!(share("100"), Ok(1_000_000));
        assert_eq!(share("0.0"), Ok(0));
    }

    #[test]
    fn others_are_refused() {
        for text in ["", ".5", "5.", "-5", "five", "0.00001", "100.0001", "99999999999", "1.2.3"] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for millionths in (0..=WHOLE).step_by(37).chain([WHOLE]) {
            let text = written_share(millionths).to_string();
            assert_eq!(share(text.strip_suffix('%').unwrap()), Ok(millionths), "{text}");
        }
    }
}
