use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::attributes::{RawAttribute, path};
use super::mark::{is_called, split_at_commas};

/// Returns the `#[cfg(..)]`s among the attributes, for all code that is generated for the item.
pub(crate) fn conditions(attributes: &[RawAttribute], condition: Option<&TokenStream>) -> Vec<TokenStream> {
    let mut conditions = Vec::new();
    for attribute in attributes {
        if attribute.is("cfg") {
            conditions.push(attribute.to_token_stream());
        } else if attribute.is("cfg_attr")
            && let Some(content) = only_conditions(&attribute.content())
        {
            conditions.push(attribute.with_content(content).into_token_stream());
        }
    }
    conditions.extend(condition.map(|condition| quote!(#[cfg(#condition)])));
    conditions
}

/// Returns the content of a `cfg_attr` with its `cfg(..)`s alone, even in nested ones; `None` if it has none.
fn only_conditions(content: &TokenStream) -> Option<TokenStream> {
    let path = path(content);
    let Some(TokenTree::Group(arguments)) = content.clone().into_iter().nth(path.clone().into_iter().count())
    else {
        return None;
    };
    let parts = split_at_commas(arguments.stream());
    let (condition, inner) = parts.split_first()?;
    let inner = inner.iter().filter_map(|part| {
        if is_called(part, "cfg") {
            Some(part.clone())
        } else if is_called(part, "cfg_attr") {
            only_conditions(part)
        } else {
            None
        }
    });
    let conditions: Vec<_> = inner.collect();
    (!conditions.is_empty()).then(|| quote!(#path(#condition, #(#conditions),*)))
}
