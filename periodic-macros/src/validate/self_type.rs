use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, ItemImpl, PathArguments, PathSegment, Type, TypePath};

use crate::args::borrowed;
use crate::errors::Errors;

/// Checks the type after `impl`, and returns whether it can be a manager.
pub(super) fn check(item: &ItemImpl, errors: &mut Errors) -> bool {
    const EXPECTED: &str = "a manager must be a struct or an enum";
    let before = errors.count();
    match bare(&item.self_ty) {
        Type::Path(path) if is_of_std(path) => {
            let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let advice = format_args!(
                "{EXPECTED} of this crate: make one that holds this value; a type of your own is written `self::{name}`"
            );
            errors.at(&item.self_ty, advice);
        }
        Type::Path(_) => refuse_lifetimes(item, errors),
        Type::TraitObject(_) => errors.at(
            &item.self_ty,
            format_args!(
                "{EXPECTED}: for tasks of all types that implement a trait, put `#[periodic_manager]` on the trait"
            ),
        ),
        Type::Reference(reference) => {
            let referent = reference.elem.to_token_stream();
            let advice =
                format_args!("{EXPECTED}: write `impl {referent}`, whose tasks borrow it as `&self`");
            errors.at(&item.self_ty, advice);
        }
        _ => errors.at(&item.self_ty, format_args!("{EXPECTED}: make one that holds this value")),
    }
    errors.count() == before
}

/// Whether the compiler accepts such an `impl`. Otherwise it would report its own error as well.
pub(crate) fn can_have_methods(item: &ItemImpl) -> bool {
    match bare(&item.self_ty) {
        Type::Path(path) => !is_of_std(path),
        ty => matches!(ty, Type::TraitObject(_)),
    }
}

/// Whether a type has a name of the standard library's, as people write it who want it to be a manager. The compiler would report the `impl`,
/// the generated one, and each method.
fn is_of_std(path: &TypePath) -> bool {
    const CONTAINERS: [&str; 8] = ["Arc", "BTreeMap", "Box", "HashMap", "Mutex", "Option", "Rc", "Vec"];
    const PRIMITIVES: [&str; 17] = [
        "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
        "u32", "u64", "u8", "usize",
    ];
    let segments = &path.path.segments;
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return false };
    let is_one_of = |names: &[&str], segment: &PathSegment| names.iter().any(|name| segment.ident == name);
    if segments.len() > 1 && !is_one_of(&["std", "core", "alloc"], first) {
        return false;
    }
    let has_arguments = matches!(last.arguments, PathArguments::AngleBracketed(_));
    has_arguments && is_one_of(&CONTAINERS, last) || segments.len() == 1 && is_one_of(&PRIMITIVES, last)
}

/// Whether a type parameter is used nowhere. The compiler refuses such an `impl`, and could infer nothing in code for it.
pub(super) fn has_unused_parameter(item: &ItemImpl) -> bool {
    let this = item.self_ty.to_token_stream();
    let bounds = item.generics.where_clause.to_token_stream();
    let others = item.generics.type_params().map(|parameter| parameter.bounds.to_token_stream());
    let used = quote!(#this #bounds #(#others)*);
    let mut parameters = item.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(&parameter.ident),
        GenericParam::Const(parameter) => Some(&parameter.ident),
        GenericParam::Lifetime(_) => None,
    });
    parameters.any(|parameter| !names(used.clone(), parameter))
}

fn names(tokens: TokenStream, word: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *word,
        TokenTree::Group(group) => names(group.stream(), word),
        _ => false,
    })
}

fn refuse_lifetimes(item: &ItemImpl, errors: &mut Errors) {
    const BORROWS: &str =
        "a manager lives as long as its service, so it cannot borrow: hold an `Arc` or a value instead";
    if let Some(parameter) = item.generics.lifetimes().next() {
        errors.at(parameter, BORROWS);
    } else if let Some(lifetime) = borrowed(&item.self_ty) {
        errors.at(lifetime, BORROWS);
    }
}

fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn types_of_the_standard_library_are_told_by_their_names() {
        let others: [ItemImpl; 5] = [
            parse_quote!(impl Manager {}),
            parse_quote!(impl my::Vec<Manager> {}),
            parse_quote!(impl my::u32 {}),
            parse_quote!(impl Box {}),
            parse_quote!(impl dyn Manager {}),
        ];
        for item in others {
            assert!(can_have_methods(&item), "{}", item.to_token_stream());
        }
        let of_std: [ItemImpl; 5] = [
            parse_quote!(impl Vec<Manager> {}),
            parse_quote!(impl std::sync::Arc<Manager> {}),
            parse_quote!(impl alloc::boxed::Box<Manager> {}),
            parse_quote!(impl u32 {}),
            parse_quote!(
                impl (Manager, Manager) {}
            ),
        ];
        for item in of_std {
            assert!(!can_have_methods(&item), "{}", item.to_token_stream());
        }
    }

    #[test]
    fn a_parameter_is_used_in_the_type_or_in_a_bound() {
        let used: [ItemImpl; 5] = [
            parse_quote!(impl Manager {}),
            parse_quote!(
                impl<T> Manager<T> {}
            ),
            parse_quote!(
                impl<T, const N: usize> Manager<[(T,); N]> {}
            ),
            parse_quote!(
                impl<T, I: Iterator<Item = T>> Manager<I> {}
            ),
            parse_quote!(
                impl<T, I> Manager<I> where I: Iterator<Item = T> {}
            ),
        ];
        for item in used {
            assert!(!has_unused_parameter(&item), "{}", item.to_token_stream());
        }
        let unused: [ItemImpl; 3] = [
            parse_quote!(
                impl<T> Manager {}
            ),
            parse_quote!(
                impl<T, U> Manager<T> {}
            ),
            parse_quote!(
                impl<const N: usize> Manager<(u8,)> {}
            ),
        ];
        for item in unused {
            assert!(has_unused_parameter(&item), "{}", item.to_token_stream());
        }
    }
}
