use proc_macro2::TokenStream;
use quote::quote;

/// Wraps what is generated for an item, so that its names stay out of the user's module.
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
