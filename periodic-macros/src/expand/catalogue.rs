use proc_macro2::TokenStream;
use quote::quote;

/// Lists the table in the catalogue of the binary.
pub(super) fn declare(manager: &str, tasks: &TokenStream) -> TokenStream {
    quote! {
        __periodic::inventory::submit! {
            __periodic::Declaration {
                manager: #manager,
                module: __periodic::module_path!(),
                tasks: #tasks,
            }
        }
    }
}
