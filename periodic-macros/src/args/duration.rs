use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Lit, Token};

use super::{Value, constant};

/// A duration: `60`, `2.5`, `"1h30m"` or `SOME_CONST`.
pub(crate) enum Length {
    /// A number of nanoseconds.
    Nanos(i64),
    /// The value of a constant, which only the compiler knows.
    Constant(TokenStream),
}

impl Length {
    /// Returns the nanoseconds, if they are known already.
    pub(crate) fn nanos(&self) -> Option<i64> {
        match self {
            Self::Nanos(nanos) => Some(*nanos),
            Self::Constant(_) => None,
        }
    }

    /// Returns the path of the constant, if it is one.
    pub(crate) fn constant(&self) -> Option<&TokenStream> {
        match self {
            Self::Nanos(_) => None,
            Self::Constant(path) => Some(path),
        }
    }
}

impl Value for Length {
    const FORM: &'static str = "= \"90s\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if constant::is_next(input) {
            let constant = constant::read(input, CALLED)?;
            return if calculates(input) {
                Err(input.error(CALCULATED))
            } else {
                Ok(Self::Constant(constant))
            };
        }
        let sign = input.parse::<Option<Token![-]>>()?;
        if !input.peek(syn::Lit) {
            return Err(input.error(EXPECTED));
        }
        let literal: Lit = input.parse()?;
        if calculates(input) {
            return Err(input.error(CALCULATED));
        }
        let nanos = match &literal {
            Lit::Int(number) => seconds(number, number.base10_digits(), number.suffix())?,
            Lit::Float(number) => seconds(number, number.base10_digits(), number.suffix())?,
            Lit::Str(text) if sign.is_none() => parse(text, &text.value())?,
            Lit::Str(text) => return Err(syn::Error::new_spanned(text, "write the sign inside the text")),
            other => return Err(syn::Error::new_spanned(other, EXPECTED)),
        };
        Ok(Self::Nanos(if sign.is_some() { -nanos } else { nanos }))
    }
}

const EXPECTED: &str =
    "expected a duration: a number of seconds, a text as in `\"1h30m\"`, or the name of a constant";
const CALCULATED: &str =
    "a duration is not calculated here: name a constant, as in `const PERIOD: u64 = 24 * 60 * 60;`";
const CALLED: &str = "a call or a field cannot stand here: write the duration as in `\"1h30m\"`, or name a constant, as in \
     `const PERIOD: Duration = Duration::from_secs(60);`";

/// Whether an operator comes next.
fn calculates(input: ParseStream<'_>) -> bool {
    input.peek(Token![*]) || input.peek(Token![/]) || input.peek(Token![+]) || input.peek(Token![-])
}

const NUMBERS: [&str; 14] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64"];

/// Returns the nanoseconds of a number of seconds. It reads the digits, so that `0.1` is exactly 100 ms.
fn seconds(literal: impl ToTokens, digits: &str, suffix: &str) -> syn::Result<i64> {
    let refused = if NUMBERS.contains(&suffix) {
        format!("a number of seconds has no suffix: write `{digits}`")
    } else if !suffix.is_empty() {
        format!("a number of seconds has no suffix: write `{digits}`, or with a unit `\"{digits}{suffix}\"`")
    } else if digits.contains(['e', 'E']) {
        "write the number without an exponent".into()
    } else {
        return parse(literal, digits);
    };
    Err(syn::Error::new_spanned(literal, refused))
}

fn parse(literal: impl ToTokens, text: &str) -> syn::Result<i64> {
    periodic_text::duration::parse(text).map_err(|error| {
        let place = match text.get(error.start..error.end) {
            Some(part) if !part.is_empty() && part != text => format!("at `{part}` in `{text}`: "),
            _ => String::new(),
        };
        syn::Error::new_spanned(literal, format_args!("{place}{error}"))
    })
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn nanos(tokens: TokenStream) -> Result<Option<i64>, String> {
        Length::read.parse2(tokens).map(|length| length.nanos()).map_err(|error| error.to_string())
    }

    #[test]
    fn numbers_are_read_from_their_digits() {
        assert_eq!(nanos(quote!(60)), Ok(Some(60_000_000_000)));
        assert_eq!(nanos(quote!(1_000)), Ok(Some(1_000_000_000_000)));
        assert_eq!(nanos(quote!(0.1)), Ok(Some(100_000_000)));
        assert_eq!(nanos(quote!(-2.5)), Ok(Some(-2_500_000_000)));
        assert_eq!(nanos(quote!("1h30m")), Ok(Some(5_400_000_000_000)));
        assert_eq!(nanos(quote!("-1s")), Ok(Some(-1_000_000_000)));
    }

    #[test]
    fn paths_are_constants() {
        for path in
            [quote!(PERIOD), quote!(crate::config::PERIOD), quote!(<Self as Trait>::PERIOD), quote!(::a::B)]
        {
            assert_eq!(nanos(path), Ok(None));
        }
    }

    #[test]
    fn a_mistake_says_what_to_write() {
        let said = |tokens, expected: &str| {
            let error = nanos(tokens).unwrap_err();
            assert!(error.contains(expected), "{error}");
        };
        said(quote!(5m), "write `5`, or with a unit `\"5m\"`");
        said(quote!(1e3), "without an exponent");
        said(quote!("1h30"), "at `30` in `1h30`");
        said(quote!(60 * 60), "name a constant");
        said(quote!(Duration::from_secs(3)), "as in `const PERIOD: Duration");
        said(quote!(-"3s"), "inside the text");
        said(quote!('3'), "expected a duration");
        said(quote!(0.0000000001), "finer than a nanosecond");
    }
}
