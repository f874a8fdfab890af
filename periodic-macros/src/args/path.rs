use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Path, Type};

use super::{Once, Value};

/// `crate = path`.
impl Value for Path {
    const FORM: &'static str = "= path::to::periodic";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Self::parse_mod_style)
    }
}

/// `context = Type`.
impl Value for Type {
    const FORM: &'static str = "= Type";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), "expected a type"))
    }
}

/// Where `periodic` is found.
pub(crate) fn periodic(given: &Once<Path>) -> TokenStream {
    given.value().map_or_else(|| quote!(::periodic), ToTokens::to_token_stream)
}
