use std::fmt::Display;
use std::thread;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// Collects mistakes, so that one build reports them all.
///
/// The creator must [`finish`](Self::finish) it: in debug builds a collector that is dropped unread panics, so that no
/// mistake is lost.
pub(crate) struct Errors(Option<Vec<syn::Error>>);

impl Errors {
    pub(crate) fn new() -> Self {
        Self(Some(Vec::new()))
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.get_or_insert_default().push(error);
    }

    /// Adds a mistake that is underlined at `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(spanned(&tokens, &message));
    }

    /// Returns the value, or keeps the mistake and returns `None`.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }

    /// Returns one `compile_error!` for each mistake.
    pub(crate) fn finish(mut self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for error in self.0.take().unwrap_or_default() {
            error.to_compile_error().to_tokens(&mut tokens);
        }
        tokens
    }
}

/// Creates a mistake that is underlined at `tokens`. Not generic: `syn`'s own is compiled again for each pair of types.
pub(crate) fn spanned(tokens: &dyn ToTokens, message: &dyn Display) -> syn::Error {
    syn::Error::new_spanned(tokens, message)
}

impl Drop for Errors {
    fn drop(&mut self) {
        debug_assert!(self.0.is_none() || thread::panicking(), "the mistakes of an expansion were not read");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_all() {
        let mut errors = Errors::new();
        errors.at(quote::quote!(here), "one");
        assert_eq!(errors.keep(Err::<(), _>(syn::Error::new_spanned(quote::quote!(there), "two"))), None);
        assert_eq!(errors.keep(Ok(3)), Some(3));
        assert_eq!(errors.count(), 2);
        let text = errors.finish().to_string();
        assert!(text.contains("\"one\"") && text.contains("\"two\""), "{text}");
    }

    #[test]
    #[should_panic(expected = "not read")]
    #[cfg(debug_assertions)]
    fn panics_if_dropped_unread() {
        drop(Errors::new());
    }
}
