use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Path, Type};

use super::{Once, Value};
use crate::manifest;

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

/// Where `periodic` is found: where the user says, or under the name that the manifest gives it.
pub(crate) fn periodic(given: &Once<Path>) -> TokenStream {
    if let Some(path) = given.value() {
        return path.to_token_stream();
    }
    let name = manifest::renamed().unwrap_or_else(|| "periodic".to_owned());
    // A key that is no identifier is no crate's name.
    let name: TokenStream = name.parse().unwrap_or_else(|_| quote!(periodic));
    quote!(::#name)
}
