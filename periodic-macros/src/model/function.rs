use proc_macro2::{Span, TokenStream, TokenTree};
use quote::TokenStreamExt;

use super::Task;
use super::attributes::RawAttribute;
use super::mark::TaskMark;
use crate::errors::Errors;

/// Reads a function outside any `impl` that carries `#[periodic_task(..)]`; `None` for any other item.
pub(crate) fn read_function(arguments: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Task> {
    let mut tokens = item.into_iter().peekable();
    let attributes = RawAttribute::take_all(&mut tokens);
    let mut signature: Vec<TokenTree> = tokens.collect();
    let is_function = signature.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"));
    if signature.pop().is_none() || !is_function {
        errors.push(syn::Error::new(Span::call_site(), "`#[periodic_task]` goes on a function"));
        return None;
    }
    let mut tokens = TokenStream::new();
    tokens.append_all(signature);
    let mark = TaskMark { path: TokenStream::new(), arguments, condition: None };
    Task::read(mark, &attributes, tokens, errors)
}
