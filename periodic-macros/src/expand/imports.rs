use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::Task;

/// Names the attribute once more by the user's own path: taken off, it would leave its import unused.
pub(super) fn uses(tasks: &[&Task]) -> TokenStream {
    let mut seen = HashSet::new();
    let mut uses = TokenStream::new();
    for task in tasks {
        let (conditions, path) = (&task.conditions, &task.path);
        if seen.insert(quote!(#(#conditions)* #path).to_string()) {
            uses.extend(quote_spanned!(path.span()=> #(#conditions)* use #path as _;));
        }
    }
    uses
}
