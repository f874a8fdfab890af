use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

/// An `impl` or a trait, cut at its body.
pub(crate) struct Item {
    pub(crate) header: Vec<TokenTree>,
    pub(crate) body: Group,
}

impl Item {
    /// `None` if the item has no body in braces at its end.
    pub(crate) fn split(tokens: TokenStream) -> Option<Self> {
        let mut header: Vec<_> = tokens.into_iter().collect();
        // An item that a `macro_rules` macro passed on as `$item` comes wrapped in a group without delimiters.
        if let [TokenTree::Group(wrapped)] = header.as_slice()
            && wrapped.delimiter() == Delimiter::None
        {
            return Self::split(wrapped.stream());
        }
        match header.pop()? {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => Some(Self { header, body }),
            _ => None,
        }
    }

    /// The item with an empty body, for `syn` to read.
    pub(crate) fn without_body(&self) -> TokenStream {
        let mut tokens: TokenStream = self.header.iter().cloned().collect();
        tokens.append(with_content(&self.body, TokenStream::new()));
        tokens
    }

    /// Whether the header's keyword is `word`, as in `impl` and `trait`.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.header.iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
    }
}

/// The braces of `body` around other content.
pub(crate) fn with_content(body: &Group, content: TokenStream) -> Group {
    let mut group = Group::new(body.delimiter(), content);
    group.set_span(body.span());
    group
}

/// Prints an item whose members were changed.
pub(crate) struct Rebuilt<'a> {
    pub(crate) header: &'a [TokenTree],
    pub(crate) body: &'a Group,
    pub(crate) content: TokenStream,
}

impl ToTokens for Rebuilt<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(self.header);
        tokens.append(with_content(self.body, self.content.clone()));
    }
}
