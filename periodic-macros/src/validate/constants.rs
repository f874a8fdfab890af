use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{GenericParam, Generics};

use crate::errors::Errors;
use crate::model::{Header, Task};

/// Refuses constants that depend on a type. All types of a generic impl or a trait share one table, so it cannot hold a
/// constant of one type.
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

/// Returns the first word of the path that is `Self` or a type parameter.
fn dependent(path: &TokenStream, generics: &Generics) -> Option<String> {
    for token in path.clone() {
        if let TokenTree::Ident(word) = token
            && (word == "Self" || generics.params.iter().any(|parameter| names(parameter, &word)))
        {
            return Some(word.to_string());
        }
    }
    None
}

fn names(parameter: &GenericParam, word: &Ident) -> bool {
    match parameter {
        GenericParam::Type(parameter) => parameter.ident == *word,
        GenericParam::Const(parameter) => parameter.ident == *word,
        GenericParam::Lifetime(_) => false,
    }
}
