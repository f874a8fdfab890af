use periodic_cron::{Cron, CronError};
use proc_macro2::{Ident, Span, TokenStream};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use super::names::{DAY, NAMES, SECOND, WEEKDAY, position};
use super::value::FieldValue;
use crate::args::list::entries;

/// A given field.
struct Field {
    position: usize,
    value: FieldValue,
}

/// Reads `hour = 9, weekday = MON..=FRI` into the text of an expression. Each mistake is reported at its own tokens.
pub(super) fn read(input: ParseStream<'_>, parentheses: Span) -> syn::Result<String> {
    if input.is_empty() {
        return Err(syn::Error::new(
            parentheses,
            "no field is given: write at least one, as in `cron(hour = 9)`",
        ));
    }
    let mut fields: Vec<Field> = Vec::new();
    let mut mistakes = entries(input, |input| {
        let field = field(input, &fields)?;
        fields.push(field);
        Ok(())
    })?;
    for field in &fields {
        if let Err(error) = check(field) {
            mistakes.keep(error);
        }
    }
    mistakes.none_or(())?;
    join(&fields)
}

fn field(input: ParseStream<'_>, before: &[Field]) -> syn::Result<Field> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a field, as in `hour = 9`"));
    }
    let key = input.call(Ident::parse_any)?;
    let position = position(&key)?;
    let example = ["0", "*/15", "9", "1", "JAN", "MON..=FRI"][position];
    let needs_value =
        || syn::Error::new(key.span(), format_args!("`{key}` needs a value: write `{key} = {example}`"));
    if input.parse::<Option<Token![=]>>()?.is_none() || input.is_empty() || input.peek(Token![,]) {
        return Err(needs_value());
    }
    let value = FieldValue::read(input)?;
    if before.iter().any(|field| field.position == position) {
        return Err(syn::Error::new(
            key.span(),
            format_args!("`{key}` is given twice: write a list, as in `{key} = [1, 5]`"),
        ));
    }
    Ok(Field { position, value })
}

/// Reads a field with `*` for all others, so that one mistake does not hide those of other fields.
fn check(field: &Field) -> syn::Result<()> {
    let mut texts = ["*"; NAMES.len()];
    texts[field.position] = field.value.text();
    let start = 2 * field.position;
    Cron::parse(&texts.join(" ")).map(drop).map_err(|error| {
        let bytes = error.span().start.saturating_sub(start)..error.span().end.saturating_sub(start);
        syn::Error::new_spanned(field.value.tokens(&bytes), error)
    })
}

/// Returns the fields as an expression.
///
/// A missing field is `*` above the finest given field, and has its first value below it: `hour = 9` is nine o'clock,
/// not each second of that hour. The weekday counts as coarse as the day, not coarser than the month.
fn join(fields: &[Field]) -> syn::Result<String> {
    let rank = |field: &Field| if field.position == WEEKDAY { DAY } else { field.position };
    let finest = fields.iter().map(rank).min().unwrap_or_default();
    let mut texts = ["*"; NAMES.len()];
    let firsts = ["0", "0", "0", "1"];
    for (text, first) in texts.iter_mut().zip(firsts).take(finest) {
        *text = first;
    }
    for field in fields {
        texts[field.position] = field.value.text();
    }
    // Seconds are written only if they were given.
    let first = usize::from(finest > SECOND);
    let text = texts[first..].join(" ");
    match Cron::parse(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(never_fires(&error, fields, &texts, first)),
    }
}

/// Creates the error of a schedule that never fires. Each field is valid alone, so their combination is wrong.
fn never_fires(error: &CronError, fields: &[Field], texts: &[&str], first: usize) -> syn::Error {
    let start = |position: usize| texts[first..position].iter().map(|text| text.len() + 1).sum::<usize>();
    let mut tokens = TokenStream::new();
    for Field { position, value } in fields {
        let (start, bytes) = (start(*position), error.span());
        if bytes.start < start + value.text().len() && start < bytes.end {
            tokens.extend(value.tokens(&(0..usize::MAX)));
        }
    }
    syn::Error::new_spanned(tokens, error)
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn text(tokens: TokenStream) -> Result<String, Vec<String>> {
        let read = |input: ParseStream<'_>| read(input, Span::call_site());
        read.parse2(tokens).map_err(|error| error.into_iter().map(|error| error.to_string()).collect())
    }

    #[test]
    fn fields_become_an_expression() {
        for (tokens, expected) in [
            (quote!(hour = 9), "0 9 * * *"),
            (quote!(minute = */15), "*/15 * * * *"),
            (quote!(second = 30), "30 * * * * *"),
            (quote!(second = 0, hour = 9), "0 * 9 * * *"),
            (quote!(day = 15), "0 0 15 * *"),
            (quote!(weekday = MON), "0 0 * * MON"),
            (quote!(month = JAN), "0 0 1 JAN *"),
            (quote!(month = JAN, weekday = SUN), "0 0 * JAN SUN"),
            (quote!(weekday = MON..=FRI, hour = 9, minute = 30,), "30 9 * * MON-FRI"),
        ] {
            assert_eq!(text(tokens), Ok(expected.into()));
        }
    }

    #[test]
    fn values_are_written_in_tokens() {
        for (tokens, expected) in [
            (quote!(minute = [0, 15, 30]), "0,15,30 * * * *"),
            (quote!(minute = [0, 15, 30,], hour = *), "0,15,30 * * * *"),
            (quote!(minute = 0, 15, hour = 9), "0,15 9 * * *"),
            (quote!(minute = 0..=30 / 10), "0-30/10 * * * *"),
            (quote!(minute = [0..=20 / 10, 45]), "0-20/10,45 * * * *"),
            (quote!(minute = H), "H * * * *"),
            (quote!(minute = H(0..=29), hour = H / 6), "H(0-29) H/6 * * *"),
            (quote!(day = L), "0 0 L * *"),
            (quote!(day = L - 3), "0 0 L-3 * *"),
            (quote!(day = [15 W, LW]), "0 0 15W,LW * *"),
            (quote!(weekday = FRI # 2), "0 0 * * FRI#2"),
            (quote!(weekday = [FRI L, 1 L]), "0 0 * * FRIL,1L"),
            (quote!(weekday = mon-fri, day = ?), "0 0 ? * mon-fri"),
            (quote!(month = r#JAN), "0 0 1 JAN *"),
        ] {
            assert_eq!(text(tokens), Ok(expected.into()));
        }
        // `15W` and `5L` are one literal to the compiler, and two tokens to `quote!`.
        let literal: TokenStream = "day = 15W, weekday = 5L".parse().unwrap();
        assert_eq!(text(literal), Ok("0 0 15W * 5L".into()));
    }

    #[test]
    fn every_mistake_is_told() {
        let said =
            text(quote!(minute = 60, hours = 9, dow = MOM, month = [JAN, JUM], day = 5 5)).unwrap_err();
        let expected =
            ["did you mean `hour`", "did you mean `weekday`", "a list is written as", "`60`", "`JUM`"];
        assert_eq!(said.len(), expected.len(), "{said:?}");
        for (said, part) in said.iter().zip(expected) {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn a_mistake_is_one() {
        for (tokens, part) in [
            (quote!(), "no field is given"),
            (quote!(hour), "`hour` needs a value: write `hour = 9`"),
            (quote!(hour =, minute = 5), "`hour` needs a value"),
            (quote!(hour = 9, hour = 5), "given twice"),
            (quote!(hour = []), "this list is empty"),
            (quote!(hour = [1, 2] / 3), "inside of it"),
            (quote!(hour = [1, [2]]), "cannot contain another"),
            (quote!(hour = 1..5), "`..=`"),
            (quote!(hour = "9"), "without quotes"),
            (quote!(hour = H(1..=5, 7)), "one range"),
            (quote!(hour = &9), "`&` has no meaning"),
            (quote!(hour = { 9 }), "has no meaning"),
            (quote!("0 9 * * *"), "expected a field"),
            (quote!(hour = 17..=9), "ends before it begins"),
            (quote!(day = 30, month = FEB), "this never fires"),
            (quote!(hour = 9, year = 2030), "no field for years"),
            (quote!(hour = 9, tz = "UTC"), "beside `cron(..)`"),
        ] {
            let said = text(tokens).unwrap_err();
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains(part), "{}", said[0]);
        }
    }
}
