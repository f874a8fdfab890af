use std::ops::Range;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Token, bracketed, parenthesized, token};

/// A field's value as the text of an expression, with the tokens of each part.
#[derive(Default)]
pub(super) struct FieldValue {
    text: String,
    parts: Vec<(Range<usize>, TokenStream)>,
}

impl FieldValue {
    pub(super) fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut value = Self::default();
        if !input.peek(token::Bracket) {
            value.items(input, is_another_field)?;
            return Ok(value);
        }
        let content;
        let brackets = bracketed!(content in input);
        value.items(&content, |_| false)?;
        if value.text.is_empty() {
            return Err(syn::Error::new(brackets.span.join(), "this list is empty: write it as `[0, 30]`"));
        }
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(input.error(AFTER_LIST));
        }
        Ok(value)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the tokens for these bytes of the text; all tokens if there are none.
    pub(super) fn tokens(&self, bytes: &Range<usize>) -> TokenStream {
        let meant = |part: &Range<usize>| part.start < bytes.end && bytes.start < part.end;
        let tokens: TokenStream = self
            .parts
            .iter()
            .filter(|(part, _)| meant(part))
            .flat_map(|(_, tokens)| tokens.clone())
            .collect();
        if tokens.is_empty() {
            self.parts.iter().flat_map(|(_, tokens)| tokens.clone()).collect()
        } else {
            tokens
        }
    }

    /// Reads items with commas between them, to the end or until `is_over`.
    fn items(&mut self, input: ParseStream<'_>, is_over: fn(ParseStream<'_>) -> bool) -> syn::Result<()> {
        while !input.is_empty() {
            self.item(input)?;
            if input.is_empty() || is_over(input) {
                return Ok(());
            }
            let comma: Token![,] = input.parse()?;
            // The list may end with a comma.
            if !input.is_empty() {
                self.push(",", comma);
            }
        }
        Ok(())
    }

    /// Reads tokens up to a comma or the end.
    fn item(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let mut follows_word = false;
        while !input.is_empty() && !input.peek(Token![,]) {
            // `peek(Lit)` would accept a sign before a number as a part of it.
            let is_word = input.peek(Ident::peek_any) || input.cursor().literal().is_some();
            // Only these words may follow another; `1 5` must not become 15.
            if is_word && follows_word && !is_mark(input) {
                return Err(
                    input.error("expected `,` or a sign such as `..=`: a list is written as `[1, 5]`")
                );
            }
            follows_word = is_word;
            self.part(input)?;
        }
        Ok(())
    }

    fn part(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if input.peek(Token![..=]) {
            let sign: Token![..=] = input.parse()?;
            self.push("-", sign);
            return Ok(());
        }
        if input.peek(Token![..]) {
            return Err(input.error("a range must name its last value: write it with `..=`, as in `1..=5`"));
        }
        if input.peek(token::Bracket) {
            return Err(input.error("a list cannot contain another: write `[0, 10..=20, 30]`"));
        }
        if input.peek(token::Paren) {
            let content;
            let parentheses = parenthesized!(content in input);
            self.push("(", place(parentheses.span.open()));
            self.item(&content)?;
            if !content.is_empty() {
                return Err(content.error("`H` takes one range, as in `H(0..=29)`"));
            }
            self.push(")", place(parentheses.span.close()));
            return Ok(());
        }
        let token: TokenTree = input.parse()?;
        let text = match &token {
            // A fragment of a `macro_rules!` macro is in a group without delimiters.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                return (|input: ParseStream<'_>| self.item(input)).parse2(group.stream());
            }
            TokenTree::Ident(word) => word.unraw().to_string(),
            TokenTree::Literal(literal) => literal.to_string(),
            TokenTree::Punct(sign) if "*/-?#".contains(sign.as_char()) => sign.to_string(),
            other => return Err(syn::Error::new_spanned(other, format_args!("`{other}` {NO_MEANING}"))),
        };
        if text.contains(['"', '\'']) {
            return Err(syn::Error::new_spanned(
                token,
                "the value of a field stands without quotes, as in `weekday = MON..=FRI`",
            ));
        }
        self.push(&text, token);
        Ok(())
    }

    fn push(&mut self, text: &str, tokens: impl ToTokens) {
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push((start..self.text.len(), tokens.into_token_stream()));
    }
}

const AFTER_LIST: &str =
    "a list ends the value of its field: write a step inside of it, as in `[0..=30 / 10, 45]`";
const NO_MEANING: &str =
    "has no meaning in a field: write a number, a name, `1..=5`, `*/15`, `[0, 30]` or `H`";

/// Creates a token at the place of a delimiter, which is no token by itself.
fn place(span: Span) -> TokenTree {
    TokenTree::Ident(Ident::new("_", span))
}

/// Whether a comma and the name of a field come next.
fn is_another_field(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Token![,]>().is_ok()
        && (ahead.is_empty() || (ahead.peek(Ident::peek_any) && ahead.peek2(Token![=])))
}

/// Whether `L` or `W` comes next, as in `FRI L`.
fn is_mark(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    Ident::parse_any(&ahead).is_ok_and(|word| {
        let word = word.to_string();
        word.eq_ignore_ascii_case("L") || word.eq_ignore_ascii_case("W")
    })
}
