use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::Path;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::span::at;
use crate::args::Inherited;

/// Returns the type in which the trait's tasks are, as the beginning of a path. It depends on the constant of a check, so
/// that a trait without tasks is reported once.
pub(super) fn tasks(inherited: &Inherited) -> TokenStream {
    let (path, checked) = (&inherited.path, checked(&inherited.path));
    quote_spanned!(at(path.span())=> <dyn #path as __periodic::InheritedTasks<{ #checked }>>)
}

/// Declares the constant, whose body checks that the trait has tasks.
pub(super) fn check(inherited: &Inherited) -> TokenStream {
    let (path, checked) = (&inherited.path, checked(&inherited.path));
    quote_spanned! {at(path.span())=>
        const #checked: __periodic::u8 = {
            let _ = || __periodic::inherited::<dyn #path>();
            __periodic::CHECKED
        };
    }
}

/// Returns the constant's name. With the lengths of its words it is another one for each path.
fn checked(path: &Path) -> Ident {
    let mut name = "__TRAIT".to_owned();
    for segment in &path.segments {
        let word = segment.ident.unraw().to_string();
        name = format!("{name}_{}{word}", word.len());
    }
    Ident::new(&name, at(path.span()))
}
