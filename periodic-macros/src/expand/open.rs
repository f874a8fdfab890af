use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Type;

/// Generates the code by which tasks outside the impl join. Their entries are collected in a type that is local to the
/// manager, because the collection needs a local type.
pub(super) fn implement(manager: &Type, bounds: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        pub struct __Entry(__periodic::OpenTask<#manager>);

        pub struct __Opener;

        impl __Opener {
            pub const fn entry(
                self,
                spec: &'static __periodic::TaskSpec,
                module: &'static __periodic::str,
                call: __periodic::OpenCall<#manager>,
            ) -> __Entry {
                __Entry(__periodic::OpenTask::new(spec, module, call))
            }
        }

        __periodic::inventory::collect!(__Entry);

        #[automatically_derived]
        impl __periodic::OpenManager for #manager #bounds {
            type Opener = __Opener;
            const OPENER: __Opener = __Opener;

            fn open_tasks() -> &'static [&'static __periodic::OpenTask<Self>] {
                static __OPEN: __periodic::OpenTable<#manager> = __periodic::OpenTable::new();
                __OPEN.get(|| {
                    let entries = ::core::iter::IntoIterator::into_iter(__periodic::inventory::iter::<__Entry>);
                    ::core::iter::Iterator::map(entries, |entry| &entry.0)
                })
            }
        }
    }
}
