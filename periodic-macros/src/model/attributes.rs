use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};
use quote::{ToTokens, TokenStreamExt};

/// An attribute whose content is not read.
#[derive(Clone)]
pub(crate) struct RawAttribute {
    /// `#`, and for an inner attribute `!`.
    signs: Vec<TokenTree>,
    content: Group,
}

impl RawAttribute {
    /// Takes the attributes that come next.
    pub(super) fn take_all(tokens: &mut Peekable<token_stream::IntoIter>) -> Vec<Self> {
        let sign = |tokens: &mut Peekable<token_stream::IntoIter>, expected| {
            let is_next =
                |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == expected);
            tokens.next_if(is_next)
        };
        let mut all = Vec::new();
        while let Some(pound) = sign(tokens, '#') {
            let mut signs = vec![pound];
            signs.extend(sign(tokens, '!'));
            if let Some(TokenTree::Group(content)) = tokens.next() {
                all.push(Self { signs, content });
            }
        }
        all
    }

    /// Returns the content, which `#[$meta]` in a `macro_rules` macro wraps in a group without delimiters.
    pub(crate) fn content(&self) -> TokenStream {
        let mut tokens = self.content.stream().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Group(wrapped)), None) if wrapped.delimiter() == Delimiter::None => {
                wrapped.stream()
            }
            _ => self.content.stream(),
        }
    }

    /// Whether `name` is the last word of the path, as in `#[periodic::periodic_task(..)]`.
    pub(crate) fn is(&self, name: &str) -> bool {
        let path = path(&self.content());
        path.into_iter().last().is_some_and(|word| matches!(word, TokenTree::Ident(word) if word == name))
    }

    pub(super) fn with_content(&self, content: TokenStream) -> Self {
        Self { signs: self.signs.clone(), content: super::item::with_content(&self.content, content) }
    }
}

impl ToTokens for RawAttribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.signs);
        tokens.append(self.content.clone());
    }
}

/// Returns the path at the beginning of an attribute's content.
pub(super) fn path(content: &TokenStream) -> TokenStream {
    let mut path = TokenStream::new();
    for token in content.clone() {
        match &token {
            TokenTree::Ident(_) => path.append(token),
            TokenTree::Punct(punct) if punct.as_char() == ':' => path.append(token),
            _ => break,
        }
    }
    path
}

/// Reads the attributes before an item.
pub(super) fn of_item(tokens: &[TokenTree]) -> Vec<RawAttribute> {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    RawAttribute::take_all(&mut tokens.into_iter().peekable())
}
