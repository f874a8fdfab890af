use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Token, parenthesized};

use crate::errors::Errors;
use crate::suggest::advice;

/// The arguments of one attribute.
pub(crate) trait Arguments: Default {
    /// The attribute, for messages.
    const ATTRIBUTE: &'static str;
    /// An example of an argument.
    const EXAMPLE: &'static str;
    /// The names that [`read`](Self::read) knows, in the order in which they are documented.
    const NAMES: &'static [&'static str];
    /// Other frameworks' words for an argument, with its name.
    const SYNONYMS: &'static [(&'static str, &'static str)] = &[];

    /// Reads the argument `key`, whose name has been read already; `None` for an unknown name.
    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>>;
}

/// Reads `key`, `key = value` and `key(..)`, separated by commas. A mistake in one does not hide the others.
pub(crate) fn read<A: Arguments>(tokens: TokenStream, errors: &mut Errors) -> A {
    let mut arguments = A::default();
    let before = errors.count();
    let parsed = (|input: ParseStream<'_>| {
        read_entries(input, |mistake| errors.push(mistake), |input| read_one(&mut arguments, input))
    })
    .parse2(tokens);
    // An error of `syn` about tokens after a mistake is no second mistake.
    if errors.count() == before {
        errors.keep(parsed);
    }
    arguments
}

/// Reads the arguments in the parentheses after another one's name, and returns the span of the parentheses. All
/// mistakes are one error.
pub(super) fn read_nested<A: Arguments>(input: ParseStream<'_>) -> syn::Result<(A, Span)> {
    let content;
    let parentheses = parenthesized!(content in input);
    let mut arguments = A::default();
    let mistakes = entries(&content, |input| read_one(&mut arguments, input))?;
    mistakes.none_or((arguments, parentheses.span.join()))
}

/// Reads a list, and returns the mistakes of its entries.
pub(super) fn entries(
    input: ParseStream<'_>,
    read: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<Mistakes> {
    let mut mistakes = Mistakes::default();
    read_entries(input, |mistake| mistakes.keep(mistake), read)?;
    Ok(mistakes)
}

/// The mistakes of one list, as one error.
#[derive(Default)]
pub(super) struct Mistakes(Option<syn::Error>);

impl Mistakes {
    pub(super) fn keep(&mut self, mistake: syn::Error) {
        match &mut self.0 {
            Some(mistakes) => mistakes.combine(mistake),
            None => self.0 = Some(mistake),
        }
    }

    pub(super) fn none_or<T>(self, value: T) -> syn::Result<T> {
        self.0.map_or(Ok(value), Err)
    }
}

/// Reads entries between commas. A mistake in one entry does not hide those of others.
fn read_entries(
    input: ParseStream<'_>,
    mut keep: impl FnMut(syn::Error),
    mut read: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    while !input.is_empty() {
        if let Err(mistake) = read(input) {
            keep(mistake);
            skip_to_comma(input)?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(())
}

fn read_one<A: Arguments>(arguments: &mut A, input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![=]) {
        return Err(input.error(format_args!("arguments stand in parentheses: `#[{}(..)]`", A::ATTRIBUTE)));
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format_args!(
            "expected the name of an argument of `{}`, as in `{}`",
            A::ATTRIBUTE,
            A::EXAMPLE
        )));
    }
    let key = input.call(Ident::parse_any)?;
    match arguments.read(&key, input) {
        Some(read) => read?,
        None => return Err(unknown::<A>(&key)),
    }
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(());
    }
    Err(input.error(format_args!("expected `,` or the end of the arguments after `{key}`")))
}

fn unknown<A: Arguments>(key: &Ident) -> syn::Error {
    let advice = advice(&key.to_string(), A::NAMES, A::SYNONYMS);
    syn::Error::new(key.span(), format_args!("`{}` has no argument `{key}`; {advice}", A::ATTRIBUTE))
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    use super::*;
    use crate::args::{Length, ManagerArgs, TaskArgs};

    fn mistakes<A: Arguments>(tokens: TokenStream) -> (A, String) {
        let mut errors = Errors::new();
        let arguments = read(tokens, &mut errors);
        (arguments, errors.finish().to_string())
    }

    #[test]
    fn a_mistake_does_not_hide_the_others() {
        let (args, said) =
            mistakes::<TaskArgs>(quote!(colour = [1, 2], spacing = 5x, inline, overlap = skp, spacing = 3));
        assert!(args.inline.get().is_some());
        assert_eq!(args.spacing.value().and_then(Length::nanos), Some(3_000_000_000));
        for part in ["no argument `colour`", "has no suffix", "did you mean `skip`"] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(said.matches("compile_error").count(), 3, "{said}");
    }

    #[test]
    fn the_first_of_two_is_kept() {
        let (args, said) = mistakes::<TaskArgs>(quote!(spacing = 3, spacing = 5));
        assert_eq!(args.spacing.value().and_then(Length::nanos), Some(3_000_000_000));
        assert!(said.contains("`spacing` is given twice"), "{said}");
    }

    #[test]
    fn an_argument_keeps_what_was_written() {
        let (args, said) =
            mistakes::<TaskArgs>(quote!(name = "a", jitter = "5%", overlap = allow(3), align,));
        assert_eq!(said, "");
        let written = |tokens: &dyn ToTokens| tokens.to_token_stream().to_string();
        assert_eq!(written(args.overlap.get().unwrap()), "overlap = allow (3)");
        assert_eq!(args.overlap.get().unwrap().written().to_string(), "allow (3)");
        assert_eq!(written(args.align.get().unwrap()), "align");
    }

    #[test]
    fn flags_may_be_false() {
        let (args, said) =
            mistakes::<TaskArgs>(quote!(align = false, run_immediately = true, enabled = false));
        assert_eq!(said, "");
        assert!(!TaskArgs::says(&args.align) && TaskArgs::says(&args.run_immediately));
        assert_eq!(args.enabled.value(), Some(&false));
    }

    #[test]
    fn arguments_nest_and_all_their_mistakes_are_said() {
        let (args, said) =
            mistakes::<TaskArgs>(quote!(spacing = 9, retry(attempts = 3, backoff = 1..5, jitter)));
        assert_eq!(said, "");
        let retry = args.retry.value().unwrap();
        assert_eq!(retry.attempts.value().unwrap().get(), 3);
        assert!(retry.jitter.get().is_some());
        let (args, said) = mistakes::<TaskArgs>(quote!(
            retry(attempts = 1, back_off = 5, jitter = "5%", jitter, jitter),
            spacing = 9,
        ));
        assert!(args.spacing.get().is_some());
        for part in ["did you mean `backoff`", "takes no value", "`jitter` is given twice"] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(said.matches("compile_error").count(), 3, "{said}");
    }

    #[test]
    fn every_list_tells_all_its_mistakes() {
        let (_, said) = mistakes::<TaskArgs>(quote!(dst = (gap = skp, overlap = twce, gaps = skip)));
        for part in ["did you mean `skip`", "did you mean `twice`", "did you mean `gap`"] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(said.matches("compile_error").count(), 3, "{said}");
        for (tokens, count) in [
            (quote!(include(a(without(b)), "c", a, d, d, a)), 4),
            (quote!(inherit(A(except(5, b.c, d(e))), A, A)), 4),
            (quote!(include(a(except()), b(except(c) d), e f)), 3),
        ] {
            let (_, said) = mistakes::<ManagerArgs>(tokens);
            assert_eq!(said.matches("compile_error").count(), count, "{said}");
        }
    }

    #[test]
    fn lists_nest() {
        let (args, said) = mistakes::<ManagerArgs>(quote!(
            context = Map<A, B>,
            include(driver, nodes(except(poll, "ipmi.sync")), 0),
            inherit(a::Base(except(r#match))),
        ));
        assert_eq!(said, "");
        let except: Vec<_> = args.fields()[1].except.iter().map(|except| except.name.as_str()).collect();
        assert_eq!(except, ["poll", "ipmi.sync"]);
        assert_eq!(args.fields().len(), 3);
        assert_eq!(args.traits()[0].except[0].name, "match");
    }

    #[test]
    fn a_mistake_in_a_list_is_one() {
        for tokens in
            [quote!(include(driver(without(poll)))), quote!(include(a b)), quote!(include(a, a)), quote!(5)]
        {
            let (_, said) = mistakes::<ManagerArgs>(tokens);
            assert_eq!(said.matches("compile_error").count(), 1, "{said}");
        }
    }
}
