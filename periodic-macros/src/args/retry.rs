use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::list::{Arguments, read_nested};
use super::value::Word;
use super::value::count;
use super::{Length, Once, Value};

/// `retry(attempts = 3, backoff = "1s".."30s", jitter)`.
#[derive(Default)]
pub(crate) struct Retry {
    pub(crate) attempts: Once<Attempts>,
    pub(crate) backoff: Once<Backoff>,
    pub(crate) jitter: Once<Word>,
}

impl Arguments for Retry {
    const ATTRIBUTE: &'static str = "retry";
    const EXAMPLE: &'static str = "attempts = 3";
    const NAMES: &'static [&'static str] = &["attempts", "backoff", "jitter"];
    const SYNONYMS: &'static [(&'static str, &'static str)] = &[
        ("count", "attempts"),
        ("max_attempts", "attempts"),
        ("times", "attempts"),
        ("tries", "attempts"),
        ("delay", "backoff"),
    ];

    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        Some(match key.to_string().as_str() {
            "attempts" => self.attempts.read(key, input),
            "backoff" => self.backoff.read(key, input),
            "jitter" => self.jitter.read(key, input),
            _ => return None,
        })
    }
}

impl Value for Retry {
    const FORM: &'static str = "(attempts = 3)";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        read_nested(input).map(|(retry, _)| retry)
    }
}

impl Retry {
    pub(crate) fn lengths(&self) -> [Option<&Length>; 2] {
        let backoff = self.backoff.value();
        [backoff.map(|backoff| &backoff.first), backoff.and_then(|backoff| backoff.longest.as_ref())]
    }
}

/// `attempts = 3`.
pub(crate) struct Attempts(u32);

impl Attempts {
    pub(crate) fn get(&self) -> u32 {
        self.0
    }
}

impl Value for Attempts {
    const FORM: &'static str = "= 3";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let attempts = count(input, 2..=u32::MAX.into())?;
        // `count` has checked the range.
        Ok(Self(u32::try_from(attempts).unwrap_or(u32::MAX)))
    }
}

/// `backoff = "1s".."30s"`, or `backoff = "5s"`.
pub(crate) struct Backoff {
    pub(crate) first: Length,
    /// The longest, if it grows.
    pub(crate) longest: Option<Length>,
}

impl Value for Backoff {
    const FORM: &'static str = "= \"1s\"..\"30s\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Ok(literal) = input.fork().parse::<LitStr>()
            && let Some((first, longest)) = literal.value().split_once("..")
        {
            return Err(input.error(format_args!(
                "the dots stand between two durations: write `{:?}..{:?}`",
                first.trim(),
                longest.trim()
            )));
        }
        let first = Length::read(input)?;
        if input.peek(Token![..=]) || input.peek(Token![...]) {
            return Err(
                input.error("write the range with two dots, as in `\"1s\"..\"30s\"`; its end belongs to it")
            );
        }
        let Some(dots) = input.parse::<Option<Token![..]>>()? else {
            return Ok(Self { first, longest: None });
        };
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new_spanned(
                dots,
                "a back-off grows up to a longest one: write it, as in `\"1s\"..\"30s\"`",
            ));
        }
        Ok(Self { first, longest: Some(Length::read(input)?) })
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn backoff(tokens: TokenStream) -> Result<Vec<Option<i64>>, String> {
        let backoff = Backoff::read.parse2(tokens).map_err(|error| error.to_string())?;
        Ok([Some(backoff.first), backoff.longest]
            .into_iter()
            .flatten()
            .map(|length| length.nanos())
            .collect())
    }

    #[test]
    fn a_back_off_is_a_range_or_one_length() {
        const SECOND: i64 = 1_000_000_000;
        assert_eq!(backoff(quote!("1s".."30s")), Ok(vec![Some(SECOND), Some(30 * SECOND)]));
        assert_eq!(backoff(quote!(1..30)), Ok(vec![Some(SECOND), Some(30 * SECOND)]));
        assert_eq!(backoff(quote!(0.5..2.5)), Ok(vec![Some(SECOND / 2), Some(5 * SECOND / 2)]));
        assert_eq!(backoff(quote!(config::FIRST..Self::MOST)), Ok(vec![None, None]));
        assert_eq!(backoff(quote!("5s")), Ok(vec![Some(5 * SECOND)]));
    }

    #[test]
    fn other_ranges_are_refused() {
        for (tokens, expected) in [
            (quote!(1..=30), "two dots"),
            (quote!(1..), "up to a longest one"),
            (quote!(..30), "expected a duration"),
            (quote!(1..2 * 3), "not calculated"),
            (quote!("1s..30s"), "write `\"1s\"..\"30s\"`"),
        ] {
            let error = backoff(tokens).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
