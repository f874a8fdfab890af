use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{TokenStreamExt, quote};

use super::method::Method;
use crate::errors::Errors;
use crate::model::{RawAttribute, RawMember, conditions, with_content};

/// A member of the `impl`.
pub(super) enum Member {
    Verbatim(TokenStream),
    Remotable(Box<Remotable>),
}

/// A method that carries `#[remotable]`.
pub(super) struct Remotable {
    attributes: Vec<RawAttribute>,
    signature: TokenStream,
    body: TokenTree,
    pub(super) mark: TokenStream,
    pub(super) conditions: Vec<TokenStream>,
    pub(super) method: Method,
}

impl Member {
    pub(super) fn read(raw: &RawMember, errors: &mut Errors) -> Self {
        let (marks, attributes): (Vec<_>, Vec<_>) =
            raw.attributes.iter().cloned().partition(|attribute| attribute.is("remotable"));
        let verbatim = || {
            let mut tokens = TokenStream::new();
            tokens.append_all(&attributes);
            tokens.append_all(&raw.tokens);
            Self::Verbatim(tokens)
        };
        let Some(mark) = marks.first() else { return verbatim() };
        let mark = mark.content();
        if marks.len() > 1 || mark.clone().into_iter().any(|token| matches!(token, TokenTree::Group(_))) {
            errors.at(&mark, "`#[remotable]` stands once on a method, and takes no arguments");
            return verbatim();
        }
        let Some((body, signature)) = raw.tokens.split_last() else { return verbatim() };
        let signature: TokenStream = signature.iter().cloned().collect();
        if !raw.is_function() {
            errors.at(&mark, "`#[remotable]` goes on a method");
            return verbatim();
        }
        let before = errors.count();
        match Method::read(&signature, errors) {
            // The compiler could not read it, and would report it again.
            None if errors.count() == before => Self::Verbatim(TokenStream::new()),
            None => verbatim(),
            Some(method) => {
                let conditions = conditions(&attributes, None);
                let body = body.clone();
                Self::Remotable(Box::new(Remotable { attributes, signature, body, mark, conditions, method }))
            }
        }
    }
}

impl Remotable {
    /// Returns the method as written, with `first` before its first statement.
    pub(super) fn beginning_with(&self, first: &TokenStream) -> TokenStream {
        let mut tokens = TokenStream::new();
        tokens.append_all(&self.attributes);
        tokens.extend(self.signature.clone());
        match &self.body {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                let content = body.stream();
                tokens.append(with_content(body, quote!(#first #content)));
            }
            body => tokens.extend(quote!({ #first #body })),
        }
        tokens
    }
}
