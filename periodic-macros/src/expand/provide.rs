use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Generics, Type};

use super::types::Types;
use crate::args::{ManagerArgs, Once};

/// Generates the values that the manager provides to its included drivers: itself, its own owner, and its context.
///
/// Every manager provides `()` already. To the compiler the same holds for a type parameter, which might be `()`.
pub(super) fn implement(
    generics: &Generics,
    manager: &Type,
    types: &Types<'_>,
    args: &ManagerArgs,
) -> TokenStream {
    let (parameters, _, bounds) = generics.split_for_impl();
    let own_owner = &types.owner;
    let at = Span::mixed_site();
    let mut tokens = quote_spanned! {at=>
        #[automatically_derived]
        impl #parameters __periodic::ProvidesOwner<Self, #own_owner, __Row> for #manager #bounds {
            fn provide_owner<'call>(&'call self, _: &'call #own_owner) -> &'call Self { self }
        }
    };
    // A manager whose owner has its own type provides itself.
    let is_itself = |owner: &Type| {
        let owner = owner.to_token_stream().to_string();
        owner == "Self" || owner == manager.to_token_stream().to_string()
    };
    if let Some(owner) = declared(&args.owner, generics).filter(|owner| !is_itself(owner)) {
        tokens.extend(quote_spanned! {at=>
            #[automatically_derived]
            impl #parameters __periodic::ProvidesOwner<#owner, #owner, __Row> for #manager #bounds {
                fn provide_owner<'call>(&'call self, __owner: &'call #owner) -> &'call #owner { __owner }
            }
        });
    }
    if let Some(context) = declared(&args.context, generics) {
        tokens.extend(quote_spanned! {at=>
            #[automatically_derived]
            impl #parameters __periodic::ProvidesContext<#context, #context, __Row> for #manager #bounds {
                fn provide_context<'call>(&self, __context: &'call #context) -> &'call #context { __context }
            }
        });
    }
    tokens
}

fn declared<'t>(given: &'t Once<Type>, generics: &Generics) -> Option<&'t Type> {
    given.value().filter(|ty| match ty {
        Type::Tuple(tuple) => !tuple.elems.is_empty(),
        Type::Path(path) => !generics.type_params().any(|parameter| path.path.is_ident(&parameter.ident)),
        _ => true,
    })
}
