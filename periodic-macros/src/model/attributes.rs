use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::{Expr, ExprLit, Lit, Meta};

use crate::errors::Errors;

/// An attribute whose content is not read.
#[derive(Clone)]
pub(super) struct RawAttribute {
    /// `#`, and for an inner attribute `!`.
    signs: Vec<TokenTree>,
    content: Group,
}

impl RawAttribute {
    /// Takes the attributes that stand next.
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

    /// The content; `#[$meta]` in a `macro_rules` macro wraps it in a group without delimiters.
    fn content(&self) -> TokenStream {
        let mut tokens = self.content.stream().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Group(wrapped)), None) if wrapped.delimiter() == Delimiter::None => {
                wrapped.stream()
            }
            _ => self.content.stream(),
        }
    }

    /// The last word of the path, as `periodic_task` in `#[periodic::periodic_task(..)]`.
    fn is(&self, name: &str) -> bool {
        let path = path(&self.content());
        path.into_iter().last().is_some_and(|word| matches!(word, TokenTree::Ident(word) if word == name))
    }

    /// What stands in the parentheses behind the path.
    fn arguments(&self) -> Option<TokenStream> {
        match self.content().into_iter().last() {
            Some(TokenTree::Group(arguments)) if arguments.delimiter() == Delimiter::Parenthesis => {
                Some(arguments.stream())
            }
            _ => None,
        }
    }

    fn with_content(&self, content: TokenStream) -> Self {
        Self { signs: self.signs.clone(), content: super::item::with_content(&self.content, content) }
    }
}

impl ToTokens for RawAttribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.signs);
        tokens.append(self.content.clone());
    }
}

/// The path at the beginning of an attribute's content.
fn path(content: &TokenStream) -> TokenStream {
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    content.clone().into_iter().take_while(is_path).collect()
}

/// The `#[periodic_task(..)]` that was taken off a method.
pub(crate) struct TaskMark {
    /// The attribute's path as it was written: it is underlined, and names what the user imported.
    pub(crate) path: TokenStream,
    pub(crate) arguments: TokenStream,
    /// The condition of the `#[cfg_attr]` around it.
    pub(crate) condition: Option<TokenStream>,
}

impl TaskMark {
    pub(super) fn take(
        attributes: Vec<RawAttribute>,
        errors: &mut Errors,
    ) -> (Option<Self>, Vec<RawAttribute>) {
        let mut found = None;
        let mut kept = Vec::with_capacity(attributes.len());
        for attribute in attributes {
            let mark = if attribute.is("periodic_task") {
                Some(Self::new(&attribute.content(), None))
            } else if attribute.is("cfg_attr") {
                let (mark, rest) = take_conditional(&attribute);
                kept.extend(rest);
                mark
            } else {
                kept.push(attribute);
                None
            };
            match mark {
                Some(mark) if found.is_some() => errors.at(&mark.path, "`#[periodic_task]` is given twice"),
                Some(mark) => found = Some(mark),
                None => {}
            }
        }
        (found, kept)
    }

    fn new(content: &TokenStream, condition: Option<TokenStream>) -> Self {
        let arguments = match content.clone().into_iter().last() {
            Some(TokenTree::Group(arguments)) => arguments.stream(),
            _ => TokenStream::new(),
        };
        Self { path: path(content), arguments, condition }
    }
}

/// Takes the mark out of `#[cfg_attr(condition, periodic_task(..), others)]`.
fn take_conditional(attribute: &RawAttribute) -> (Option<TaskMark>, Option<RawAttribute>) {
    let Some(arguments) = attribute.arguments() else {
        return (None, Some(attribute.clone()));
    };
    let parts = split_at_commas(arguments);
    let Some((condition, inner)) = parts.split_first() else {
        return (None, Some(attribute.clone()));
    };
    let is_mark = |part: &TokenStream| {
        path(part)
            .into_iter()
            .last()
            .is_some_and(|word| matches!(word, TokenTree::Ident(word) if word == "periodic_task"))
    };
    let Some(mark) = inner.iter().find(|part| is_mark(part)) else {
        return (None, Some(attribute.clone()));
    };
    let mark = TaskMark::new(mark, Some(condition.clone()));
    let mut others = inner.iter().filter(|part| !is_mark(part)).peekable();
    let rest = others.peek().is_some().then(|| {
        let path = path(&attribute.content());
        attribute.with_content(quote!(#path(#condition, #(#others),*)))
    });
    (Some(mark), rest)
}

fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => part.append(token),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The `#[cfg(..)]`s among the attributes, to stand on all that is generated for the item too.
pub(super) fn conditions(attributes: &[RawAttribute], condition: Option<&TokenStream>) -> Vec<TokenStream> {
    let own = attributes.iter().filter(|attribute| attribute.is("cfg")).map(ToTokens::to_token_stream);
    own.chain(condition.map(|condition| quote!(#[cfg(#condition)]))).collect()
}

/// The doc comment, without its indentation.
pub(super) fn description(attributes: &[RawAttribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.is("doc")).filter_map(|attribute| {
        let meta = syn::parse2::<Meta>(attribute.content()).ok()?;
        match meta {
            Meta::NameValue(doc) => text(doc.value),
            _ => None,
        }
    });
    let text: Vec<String> = lines.collect();
    let lines: Vec<&str> = text.iter().flat_map(|text| text.lines()).collect();
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("").trim_end()).collect();
    lines.join("\n").trim().to_owned()
}

fn text(value: Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(group) => text(*group.expr),
        _ => None,
    }
}

/// Reads the attributes that stand before an item.
pub(super) fn of_item(tokens: &[TokenTree]) -> Vec<RawAttribute> {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    RawAttribute::take_all(&mut tokens.into_iter().peekable())
}
