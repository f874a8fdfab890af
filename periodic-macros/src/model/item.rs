use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

/// An `impl` or a trait, cut at its body.
pub(crate) struct Item {
    pub(crate) header: Vec<TokenTree>,
    pub(crate) body: Group,
}

impl Item {
    /// Splits an item; `None` if it has no body in braces at its end.
    pub(crate) fn split(tokens: TokenStream) -> Option<Self> {
        let mut header: Vec<_> = tokens.into_iter().collect();
        // An item that a `macro_rules` macro passed on as `$item` is in a group without delimiters.
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

    /// Returns the item with an empty body, for `syn` to read.
    pub(crate) fn without_body(&self) -> TokenStream {
        let mut tokens: TokenStream = self.header.iter().cloned().collect();
        tokens.append(with_content(&self.body, TokenStream::new()));
        tokens
    }

    /// Whether the item's keyword is `word`, such as `impl` or `trait`.
    pub(crate) fn is(&self, word: &str) -> bool {
        let keyword = self.header.iter().find_map(|token| match token {
            TokenTree::Ident(ident) if !MODIFIERS.iter().any(|modifier| ident == modifier) => Some(ident),
            _ => None,
        });
        keyword.is_some_and(|keyword| keyword == word)
    }
}

/// The words that are valid before an item's keyword.
const MODIFIERS: [&str; 4] = ["pub", "default", "unsafe", "auto"];

/// Returns the braces of `body` around other content.
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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn the_keyword_decides_and_not_a_word_behind_it() {
        let is = |tokens, word| Item::split(tokens).unwrap().is(word);
        let unsafe_trait = quote!(
            #[doc = "a"]
            pub(crate) unsafe trait A {}
        );
        let function = quote!(
            fn a(b: impl Clone) {}
        );
        assert!(is(quote!(impl A {}), "impl") && is(unsafe_trait, "trait"));
        assert!(!is(function, "impl"));
    }
}
