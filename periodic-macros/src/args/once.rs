use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::ParseStream;
use syn::{Token, token};

use super::Value;
use crate::errors::spanned;

/// A given argument, with its tokens.
pub(crate) struct Arg<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
    written: TokenStream,
}

impl<T> Arg<T> {
    /// Returns the tokens after the name, without the `=`.
    pub(crate) fn written(&self) -> TokenStream {
        without_equals(&self.written)
    }
}

/// The whole argument, for an error to underline.
impl<T> ToTokens for Arg<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(self.key.clone());
        tokens.extend(self.written.clone());
    }
}

/// An argument that can be given at most once.
pub(crate) struct Once<T> {
    arg: Option<Arg<T>>,
    is_written: bool,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { arg: None, is_written: false }
    }
}

impl<T> Once<T> {
    pub(crate) fn get(&self) -> Option<&Arg<T>> {
        self.arg.as_ref()
    }

    pub(crate) fn value(&self) -> Option<&T> {
        self.arg.as_ref().map(|arg| &arg.value)
    }

    /// Whether it was written, even with a mistake in it: a mistake must not be reported twice.
    pub(crate) fn is_written(&self) -> bool {
        self.is_written
    }
}

impl<T: Value> Once<T> {
    pub(crate) fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        self.is_written = true;
        let before = input.fork();
        begin(key, T::FORM, T::CAN_BE_LIST, input)?;
        let value = T::read(input)?;
        let arg = Arg { key: key.clone(), value, written: between(&before, input) };
        if self.arg.is_some() {
            return Err(spanned(&arg, &format_args!("`{key}` is given twice")));
        }
        self.arg = Some(arg);
        Ok(())
    }
}

/// Reads the `=` if the value has one. Fails with the missing part otherwise.
fn begin(key: &Ident, form: &str, can_be_list: bool, input: ParseStream<'_>) -> syn::Result<()> {
    let is_list = input.peek(token::Paren);
    if form.starts_with('=') && !(can_be_list && is_list) {
        let value = input.parse::<Option<Token![=]>>()?;
        if value.is_none() || input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(
                key.span(),
                format_args!("`{key}` needs a value: write `{key} {form}`"),
            ));
        }
    }
    if form.starts_with('(') && !is_list {
        return Err(syn::Error::new(key.span(), format_args!("`{key}` needs a list: write `{key}{form}`")));
    }
    Ok(())
}

fn without_equals(written: &TokenStream) -> TokenStream {
    let is_equals = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=');
    let mut tokens: Vec<TokenTree> = written.clone().into_iter().collect();
    if tokens.first().is_some_and(is_equals) {
        tokens.remove(0);
    }
    tokens.into_iter().collect()
}

/// Returns the tokens from `start` to the position of `end`.
fn between(start: ParseStream<'_>, end: ParseStream<'_>) -> TokenStream {
    let (mut cursor, end) = (start.cursor(), end.cursor());
    let mut tokens = TokenStream::new();
    while cursor != end
        && let Some((token, rest)) = cursor.token_tree()
    {
        tokens.append(token);
        cursor = rest;
    }
    tokens
}
