use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};

use crate::errors::Errors;
use crate::near::{OneOf, nearest};

/// The arguments of one attribute.
pub(crate) trait Arguments: Default {
    /// The attribute, for messages.
    const ATTRIBUTE: &'static str;
    /// The names that [`read`](Self::read) knows, in the order in which they are documented.
    const NAMES: &'static [&'static str];

    /// Reads the argument `key`, whose name has been read already; `None` if there is none of that name.
    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>>;
}

/// Reads `key`, `key = value` and `key(..)`, separated by commas. A mistake in one does not hide the others.
pub(crate) fn read<A: Arguments>(tokens: TokenStream, errors: &mut Errors) -> A {
    let mut arguments = A::default();
    let parsed = (|input: ParseStream<'_>| {
        while !input.is_empty() {
            let read = read_one(&mut arguments, input);
            if errors.keep(read).is_none() {
                skip_to_comma(input)?;
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    })
    .parse2(tokens);
    errors.keep(parsed);
    arguments
}

fn read_one<A: Arguments>(arguments: &mut A, input: ParseStream<'_>) -> syn::Result<()> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format_args!("expected the name of an argument of `{}`", A::ATTRIBUTE)));
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
    let advice = match nearest(&key.to_string(), A::NAMES) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("expected {}", OneOf(A::NAMES)),
    };
    syn::Error::new(key.span(), format_args!("`{}` has no argument `{key}`; {advice}", A::ATTRIBUTE))
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
