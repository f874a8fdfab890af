use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, Type};

use crate::args::{Inherited, Once};

/// What the manager hands on to the drivers that it includes: itself, its own owner, and its context.
///
/// `()` is provided by every manager already. So is, as far as the compiler can tell, a type parameter, since
/// it might be `()`.
pub(super) fn implement(
    generics: &Generics,
    manager: &Type,
    owner: &Once<Type>,
    context: &Once<Type>,
) -> TokenStream {
    let (parameters, _, bounds) = generics.split_for_impl();
    let at = Span::mixed_site();
    let mut tokens = quote_spanned! {at=>
        #[automatically_derived]
        impl #parameters __periodic::ProvidesOwner<Self> for #manager #bounds {
            fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self { self }
        }
    };
    if let Some(owner) = declared(owner, generics) {
        tokens.extend(quote_spanned! {at=>
            #[automatically_derived]
            impl #parameters __periodic::ProvidesOwner<#owner> for #manager #bounds {
                fn provide_owner<'call>(&'call self, owner: &'call Self::Owner) -> &'call #owner { owner }
            }
        });
    }
    if let Some(context) = declared(context, generics) {
        tokens.extend(quote_spanned! {at=>
            #[automatically_derived]
            impl #parameters __periodic::ProvidesContext<#context> for #manager #bounds {
                fn provide_context<'call>(&self, context: &'call Self::Context) -> &'call #context { context }
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

/// The type given, or that of the first trait whose tasks are inherited, or `()`.
pub(super) fn or_inherited(given: &Once<Type>, traits: &[Inherited], which: &TokenStream) -> TokenStream {
    match (given.value(), traits.first()) {
        (None, Some(Inherited { path, .. })) => {
            let at = super::at(path.span());
            quote_spanned!(at=> <dyn #path as __periodic::TraitTasks>::#which)
        }
        _ => or_unit(given),
    }
}

/// The type given, or `()`.
pub(super) fn or_unit(given: &Once<Type>) -> TokenStream {
    given.value().map_or_else(|| quote!(()), ToTokens::to_token_stream)
}
