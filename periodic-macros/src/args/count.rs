use std::num::NonZeroU64;
use std::ops::RangeInclusive;

use syn::LitInt;
use syn::parse::ParseStream;

use super::Value;

/// `max_runs = 3`.
impl Value for NonZeroU64 {
    const FORM: &'static str = "= 3";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let count = count(input, 1..=u64::MAX)?;
        // `count` has refused zero.
        Ok(Self::new(count).unwrap_or(Self::MIN))
    }
}

/// A whole number in `range`.
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
        Ok(number) if (least..=most).contains(&number) && literal.suffix().is_empty() => Ok(number),
        _ => Err(syn::Error::new(literal.span(), format_args!("{expected}; found `{literal}`"))),
    }
}
