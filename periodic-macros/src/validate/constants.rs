use proc_macro2::{TokenStream, TokenTree};
use syn::Generics;

use crate::errors::Errors;
use crate::model::{Header, Task};

/// A table is one for all types that a generic impl or a trait stands for, so no constant of one type can
/// stand in it.
pub(super) fn check(task: &Task, header: &Header, errors: &mut Errors) -> bool {
    let (generics, what) = match header {
        Header::Impl(item) if item.generics.params.is_empty() => return true,
        Header::Impl(item) => (&item.generics, "generic impl"),
        Header::Trait(item) => (&item.generics, "trait"),
    };
    let before = errors.count();
    for constant in task.args.constants() {
        if let Some(dependent) = dependent(constant, generics) {
            errors.at(
                constant,
                format_args!(
                    "the tasks of a {what} are one table for all types, so a constant of `{dependent}` cannot stand \
                     in it: write the value, or name a constant outside the {what}"
                ),
            );
        }
    }
    errors.count() == before
}

/// The first word of the path that stands for a type which differs from use to use.
fn dependent(path: &TokenStream, generics: &Generics) -> Option<String> {
    path.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if word == "Self" => Some("Self".to_owned()),
        TokenTree::Ident(word) if generics.type_params().any(|parameter| parameter.ident == word) => {
            Some(word.to_string())
        }
        TokenTree::Ident(word) if generics.const_params().any(|parameter| parameter.ident == word) => {
            Some(word.to_string())
        }
        _ => None,
    })
}
