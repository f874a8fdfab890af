use quote::ToTokens;
use syn::{ItemImpl, Type};

use crate::args::borrowed;
use crate::errors::Errors;

/// Checks the type after `impl`, and returns whether it can be a manager.
pub(super) fn check(item: &ItemImpl, errors: &mut Errors) -> bool {
    const EXPECTED: &str = "a manager is a struct or an enum";
    let before = errors.count();
    match bare(&item.self_ty) {
        Type::Path(_) => refuse_lifetimes(item, errors),
        Type::TraitObject(_) => errors.at(
            &item.self_ty,
            format_args!(
                "{EXPECTED}: for tasks of all who implement a trait, put `#[periodic_manager]` on the trait"
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
    matches!(bare(&item.self_ty), Type::Path(_) | Type::TraitObject(_))
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
