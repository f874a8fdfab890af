use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{LitStr, Path, Type};

use super::{Once, Value, borrowed};
use crate::manifest;

/// `crate = path`.
impl Value for Path {
    const FORM: &'static str = "= path::to::periodic";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        const QUOTED: &str = "a path stands without quotes, as in `crate = periodic`";
        if input.peek(LitStr) {
            return Err(input.error(QUOTED));
        }
        input.call(Self::parse_mod_style)
    }
}

/// `context = Type`.
impl Value for Type {
    const FORM: &'static str = "= Type";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        const BORROWED: &str = "this type borrows, but tasks use its value for as long as the service runs: hold values or \
             an `Arc`, or write `'static`";
        const UNSIZED: &str =
            "this is not one type with a size: write `Box<dyn Trait + Send + Sync>`, `String` or the like";
        let ty: Self =
            input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), "expected a type"))?;
        if let Some(lifetime) = borrowed(&ty) {
            return Err(syn::Error::new_spanned(lifetime, BORROWED));
        }
        match ty {
            Self::TraitObject(_) | Self::ImplTrait(_) | Self::Slice(_) | Self::Infer(_) => {
                Err(syn::Error::new_spanned(ty, UNSIZED))
            }
            Self::Path(path) if path.path.is_ident("str") => Err(syn::Error::new_spanned(path, UNSIZED)),
            _ => Ok(ty),
        }
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
