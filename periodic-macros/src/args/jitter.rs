use syn::parse::ParseStream;
use syn::{LitFloat, LitInt, LitStr, Token};

use super::{Length, Value};

/// `jitter = "5%"`, or a duration.
pub(crate) enum Jitter {
    /// So many millionths of the spacing.
    Share(u32),
    UpTo(Length),
}

impl Jitter {
    pub(crate) fn length(&self) -> Option<&Length> {
        match self {
            Self::Share(_) => None,
            Self::UpTo(length) => Some(length),
        }
    }
}

const WHOLE: u32 = 1_000_000;

impl Value for Jitter {
    const FORM: &'static str = "= \"5%\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if (input.peek(LitInt) || input.peek(LitFloat)) && input.peek2(Token![%]) {
            return Err(
                input.error("a percentage is a text: write it with its sign in quotes, as in `\"5%\"`")
            );
        }
        if input.peek(LitStr) {
            let fork = input.fork();
            let literal: LitStr = fork.parse()?;
            let text = literal.value();
            if let Some(number) = text.trim().strip_suffix('%') {
                input.parse::<LitStr>()?;
                return share(number.trim_end())
                    .map(Self::Share)
                    .map_err(|problem| syn::Error::new(literal.span(), problem));
            }
        }
        Length::read(input).map(Self::UpTo)
    }
}

/// Millionths from a percentage's digits; exact, or refused.
fn share(number: &str) -> Result<u32, &'static str> {
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
    let share = format!("{whole}{fraction:0<4}").parse().unwrap_or(u32::MAX);
    match share {
        0 => Err("a jitter of nothing is no jitter: leave the argument out"),
        1..=WHOLE => Ok(share),
        _ => Err("a jitter can be at most `\"100%\"` of the spacing"),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn percentages_are_exact() {
        assert_eq!(share("5"), Ok(50_000));
        assert_eq!(share("0.5"), Ok(5_000));
        assert_eq!(share("0.0001"), Ok(1));
        assert_eq!(share("12.500000"), Ok(125_000));
        assert_eq!(share("100"), Ok(1_000_000));
    }

    #[test]
    fn others_are_refused() {
        for text in ["", ".5", "5.", "-5", "five", "0", "0.0", "0.00001", "100.0001", "99999999999", "1.2.3"]
        {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
