use std::ops::RangeInclusive;

use syn::LitInt;
use syn::parse::ParseStream;

use super::Value;

/// `max_runs = 3`.
pub(crate) struct Runs(u64);

impl Runs {
    pub(crate) fn get(&self) -> u64 {
        self.0
    }
}

impl Value for Runs {
    const FORM: &'static str = "= 3";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        count(input, 1..=u64::MAX).map(Self)
    }
}

/// A whole number in `range`. A smaller one is read, too: a rule refuses it, wherever it was written.
pub(super) fn count(input: ParseStream<'_>, range: RangeInclusive<u64>) -> syn::Result<u64> {
    let (least, most) = range.into_inner();
    let expected = if most == u64::MAX {
        format!("expected a whole number, at least {least}")
    } else {
        format!("expected a whole number from {least} to {most}")
    };
    if !input.peek(LitInt) {
        return Err(input.error(expected));
    }
    let literal: LitInt = input.parse()?;
    match literal.base10_parse() {
        Ok(number) if number <= most && literal.suffix().is_empty() => Ok(number),
        _ => Err(syn::Error::new(literal.span(), format_args!("{expected}; found `{literal}`"))),
    }
}
