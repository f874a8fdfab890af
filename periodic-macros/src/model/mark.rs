use proc_macro2::{TokenStream, TokenTree};
use quote::{TokenStreamExt, quote};

use super::attributes::{RawAttribute, path};
use crate::errors::Errors;

/// The `#[periodic_task(..)]` that was removed from a method.
pub(crate) struct TaskMark {
    /// The attribute's path as written, for errors to underline and for the user's import.
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
        let path = path(content);
        let rest: Vec<_> = content.clone().into_iter().skip(path.clone().into_iter().count()).collect();
        let arguments = match rest.as_slice() {
            [TokenTree::Group(arguments)] => arguments.stream(),
            // Empty, or a form that the arguments' parser will refuse.
            other => other.iter().cloned().collect(),
        };
        Self { path, arguments, condition }
    }
}

/// Removes the mark from `#[cfg_attr(condition, periodic_task(..), others)]`, even from nested ones.
fn take_conditional(attribute: &RawAttribute) -> (Option<TaskMark>, Option<RawAttribute>) {
    let content = attribute.content();
    match take_from(&content) {
        None => (None, Some(attribute.clone())),
        Some((mark, None)) => (Some(mark), None),
        Some((mark, Some(rest))) => (Some(mark), Some(attribute.with_content(rest))),
    }
}

/// Returns the mark in the content of a `cfg_attr`, and the content without it, if it is not empty.
fn take_from(content: &TokenStream) -> Option<(TaskMark, Option<TokenStream>)> {
    let path = path(content);
    let Some(TokenTree::Group(arguments)) = content.clone().into_iter().nth(path.clone().into_iter().count())
    else {
        return None;
    };
    let parts = split_at_commas(arguments.stream());
    let (condition, inner) = parts.split_first()?;
    let mut found = None;
    let mut others = Vec::with_capacity(inner.len());
    for part in inner {
        if found.is_some() {
            others.push(part.clone());
        } else if is_called(part, "periodic_task") {
            found = Some(TaskMark::new(part, Some(condition.clone())));
        } else if is_called(part, "cfg_attr")
            && let Some((mut mark, rest)) = take_from(part)
        {
            mark.condition = mark.condition.map(|inner| quote!(all(#condition, #inner)));
            found = Some(mark);
            others.extend(rest);
        } else {
            others.push(part.clone());
        }
    }
    let rest = (!others.is_empty()).then(|| quote!(#path(#condition, #(#others),*)));
    Some((found?, rest))
}

/// Whether the last word of an attribute's path is `name`.
pub(super) fn is_called(content: &TokenStream, name: &str) -> bool {
    let last = path(content).into_iter().last();
    last.is_some_and(|word| matches!(word, TokenTree::Ident(word) if word == name))
}

pub(super) fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn take(tokens: TokenStream) -> (Option<TaskMark>, String, usize) {
        let mut errors = Errors::new();
        let attributes = RawAttribute::take_all(&mut tokens.into_iter().peekable());
        let (mark, kept) = TaskMark::take(attributes, &mut errors);
        let count = errors.count();
        errors.finish();
        (mark, quote!(#(#kept)*).to_string(), count)
    }

    #[test]
    fn the_mark_is_taken_off() {
        let (mark, kept, mistakes) =
            take(quote!(#[inline] #[periodic::periodic_task(spacing = 3)] #[must_use] fn));
        let mark = mark.unwrap();
        assert_eq!(mark.path.to_string(), "periodic :: periodic_task");
        assert_eq!(mark.arguments.to_string(), "spacing = 3");
        assert_eq!((kept, mistakes), (quote!(#[inline] #[must_use]).to_string(), 0));
    }

    #[test]
    fn a_condition_around_it_is_kept() {
        let (mark, kept, _) = take(quote!(#[cfg_attr(all(a, b), inline, periodic_task, doc = "x")]));
        assert_eq!(mark.unwrap().condition.unwrap().to_string(), "all (a , b)");
        assert_eq!(kept, quote!(#[cfg_attr(all(a, b), inline, doc = "x")]).to_string());
        let (mark, kept, _) = take(quote!(#[cfg_attr(a, cold, cfg_attr(b, periodic_task, inline))]));
        assert_eq!(mark.unwrap().condition.unwrap().to_string(), "all (a , b)");
        assert_eq!(kept, quote!(#[cfg_attr(a, cold, cfg_attr(b, inline))]).to_string());
        let (mark, kept, _) = take(quote!(#[cfg_attr(a, periodic_task(inline))]));
        assert_eq!((mark.unwrap().arguments.to_string(), kept), ("inline".into(), String::new()));
    }

    #[test]
    fn others_stay() {
        let (mark, kept, _) =
            take(quote!(#[cfg_attr(a, inline)] #[doc = "periodic_task"] #[my_periodic_task]));
        assert!(mark.is_none());
        assert_eq!(
            kept,
            quote!(#[cfg_attr(a, inline)] #[doc = "periodic_task"] #[my_periodic_task]).to_string()
        );
        assert_eq!(take(quote!(#[periodic_task] #[periodic_task])).2, 1);
    }

    #[test]
    fn another_form_is_left_to_be_refused() {
        assert_eq!(take(quote!(#[periodic_task = 60])).0.unwrap().arguments.to_string(), "= 60");
    }
}
