use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{TokenStreamExt, quote, quote_spanned};
use syn::Type;

use super::span::at_name;
use crate::args::Length;
use crate::model::Task;

const SECOND: i64 = 1_000_000_000;

/// The alias by which a constant names the manager's type: a table is outside the impl, where `Self` has no meaning.
const MANAGER: &str = "__Manager";

/// Declares the alias, if a task needs it.
pub(super) fn alias(tasks: &[&Task], manager: &Type) -> Option<TokenStream> {
    let is_needed = tasks.iter().any(|task| task.args.constants().into_iter().any(names_self));
    let alias = Ident::new(MANAGER, Span::mixed_site());
    is_needed.then(|| quote!(type #alias = #manager;))
}

pub(super) fn names_self(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "Self"))
}

/// Returns an expression for the nanoseconds of a length, or for its error.
pub(super) fn read(length: &Length) -> TokenStream {
    match length {
        Length::Nanos(nanos) => quote!(::core::result::Result::Ok(#nanos)),
        Length::Constant(path) => {
            let at = at_name(path);
            let path = without_self(path);
            // The value and the call are in one place, where the compiler reports a wrong type once.
            quote_spanned!(at=> { let __value = #path; __periodic::constant(__value).read() })
        }
    }
}

/// Returns an expression for the nanoseconds of a length.
fn nanos(length: &Length) -> TokenStream {
    match length {
        Length::Nanos(nanos) => quote!(#nanos),
        Length::Constant(path) => {
            let (at, read) = (at_name(path), read(length));
            quote_spanned!(at=> __periodic::nanos(#read))
        }
    }
}

/// Returns an expression for a length as an `Interval`.
pub(super) fn interval(length: &Length) -> TokenStream {
    match length {
        Length::Nanos(nanos) if nanos % SECOND == 0 => {
            let seconds = nanos / SECOND;
            quote!(__periodic::Interval::from_secs(#seconds))
        }
        _ => {
            let nanos = nanos(length);
            quote!(__periodic::Interval::from_nanos(#nanos))
        }
    }
}

/// Returns an expression for a length as a `Duration`.
pub(super) fn duration(length: &Length) -> TokenStream {
    match length {
        // Negative lengths have been refused; zero replaces them in the rest of the expansion.
        Length::Nanos(nanos) => {
            let nanos = u64::try_from(*nanos).unwrap_or(0);
            if nanos % SECOND.unsigned_abs() == 0 {
                let seconds = nanos / SECOND.unsigned_abs();
                quote!(::core::time::Duration::from_secs(#seconds))
            } else {
                quote!(::core::time::Duration::from_nanos(#nanos))
            }
        }
        Length::Constant(path) => {
            let at = at_name(path);
            let nanos = nanos(length);
            quote_spanned!(at=> __periodic::duration(#nanos))
        }
    }
}

pub(super) fn without_self(path: &TokenStream) -> TokenStream {
    let mut without_self = TokenStream::new();
    for token in path.clone() {
        match token {
            TokenTree::Ident(word) if word == "Self" => {
                without_self.append(Ident::new(MANAGER, word.span()));
            }
            other => without_self.append(other),
        }
    }
    without_self
}
