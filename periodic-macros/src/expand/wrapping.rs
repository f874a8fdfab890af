use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::Task;

/// Wraps the generated code of an item, so that its names stay out of the user's module.
pub(super) fn block(
    periodic: &TokenStream,
    conditions: &[TokenStream],
    content: &TokenStream,
) -> TokenStream {
    quote! {
        #(#conditions)*
        #[doc(hidden)]
        #[allow(
            deprecated,
            non_camel_case_types,
            non_upper_case_globals,
            unused_imports,
            unused_qualifications,
            unused_variables
        )]
        const _: () = {
            use #periodic::__private as __periodic;
            #content
        };
    }
}

/// Names the attribute again by the user's own path: its removal would leave the import unused.
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

/// Lists the table in the catalogue of the binary.
pub(super) fn declare(manager: &str) -> TokenStream {
    quote! {
        __periodic::inventory::submit! {
            __periodic::Declaration {
                manager: #manager,
                module: __periodic::module_path!(),
                tasks: &__TASKS,
            }
        }
    }
}
