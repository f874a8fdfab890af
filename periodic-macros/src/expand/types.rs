use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, ItemImpl, Type};

use super::constant::names_self;
use super::inherited;
use super::span::at;
use crate::args::{Inherited, ManagerArgs, Once};

/// A manager's own type, and the types of which its tasks get references.
///
/// Each must be `Send + Sync + 'static`, and the compiler must report a violation once. It does so at the header of
/// `impl PeriodicManager`, or, if type parameters decide, in a function with the user's bounds alone. All other code
/// assumes it, by bounds with a lifetime, because a bound without one is checked at its place. They hold for that
/// `impl` only: in a check of a future they would override the compiler's own findings, and refuse a `dyn Fn(&str)`.
pub(super) struct Types<'m> {
    this: &'m Type,
    generics: &'m Generics,
    pub(super) context: TokenStream,
    pub(super) owner: TokenStream,
    /// The context and the owner, if the user wrote them here.
    written: Vec<&'m Type>,
}

impl<'m> Types<'m> {
    pub(super) fn of(item: &'m ItemImpl, args: &'m ManagerArgs) -> Self {
        let context = or_inherited(&args.context, args.traits(), &quote!(Context));
        let owner = or_inherited(&args.owner, args.traits(), &quote!(Owner));
        let written = args.context.value().into_iter().chain(args.owner.value());
        let written =
            written.filter(|ty| !matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())).collect();
        Self { this: &item.self_ty, generics: &item.generics, context, owner, written }
    }

    /// Generates `Context` and `Owner` of the manager.
    pub(super) fn associated(&self) -> TokenStream {
        let mut types = TokenStream::new();
        for (name, ty) in [("Context", &self.context), ("Owner", &self.owner)] {
            let at = at(ty.span());
            let name = Ident::new(name, at);
            types.extend(quote_spanned!(at=> type #name = #ty;));
        }
        types
    }

    /// Generates the type of a call's values. With `Self::Owner` the compiler would check again that this is a manager.
    pub(super) fn given(&self) -> TokenStream {
        let (context, owner) = (&self.context, &self.owner);
        quote_spanned!(Span::mixed_site()=> __periodic::Given<'call, #owner, #context>)
    }

    /// Generates the mark by which a call checks that its futures borrow only types that threads can share.
    pub(super) fn mark(&self) -> TokenStream {
        let written = &self.written;
        quote_spanned! {Span::mixed_site()=>
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(#(#written,)* Self)>::NEW).periodic_mark();
        }
    }

    /// Generates the trait with the calls.
    pub(super) fn tasks(&self) -> TokenStream {
        let (context, owner) = (&self.context, &self.owner);
        quote_spanned!(Span::mixed_site()=> __periodic::Tasks::<#owner, #context, __Row>)
    }

    /// Generates the `where` of `impl PeriodicManager`.
    pub(super) fn bounds(&self) -> TokenStream {
        let written = &self.written;
        let own = self.generics.where_clause.as_ref().map(|clause| clause.predicates.iter());
        let own = own.into_iter().flatten();
        let parameters = self.generics.type_params().map(|parameter| &parameter.ident);
        let marks = if self.is_generic() {
            quote!(::core::marker::Send + ::core::marker::Sync)
        } else {
            {
                let tasks = self.tasks();
                quote!(__periodic::Assumed<{ <Self as #tasks>::CHECKED }>)
            }
        };
        quote_spanned! {Span::mixed_site()=>
            where
                #(#own,)*
                #(#parameters: 'static,)*
                for<'any> Self: #marks,
                #(for<'any> #written: #marks,)*
        }
    }

    /// Generates the constant by which the bounds know whether the types can be shared, if there are no type parameters.
    pub(super) fn checked(&self) -> Option<TokenStream> {
        let this = at(self.this.span());
        let this = quote_spanned!(this=> Self);
        let written = self.written_here().map(ToTokens::to_token_stream);
        let checks = core::iter::once(this).chain(written).map(|ty| {
            let at = at(ty.span());
            quote_spanned!(at=> (&__periodic::Probe::<#ty>::NEW).periodic_mark().check::<#ty>();)
        });
        let checked = quote_spanned! {Span::mixed_site()=>
            const CHECKED: __periodic::u8 = {
                use __periodic::OrNot as _;
                let _ = || { #(#checks)* };
                __periodic::CHECKED
            };
        };
        (!self.is_generic()).then_some(checked)
    }

    /// Generates the check under the user's bounds alone, if there are type parameters.
    pub(super) fn generic_check(&self) -> Option<TokenStream> {
        let (parameters, _, bounds) = self.generics.split_for_impl();
        let calls = core::iter::once(self.this).chain(self.written_here()).map(|ty| {
            let at = at(ty.span());
            quote_spanned!(at=> __periodic::shareable::<#ty, _>(__periodic::by_tasks);)
        });
        let at = at(self.this.span());
        let check = quote_spanned! {at=>
            #[allow(dead_code)]
            fn __check #parameters () #bounds {
                #(#calls)*
            }
        };
        self.is_generic().then_some(check)
    }

    /// Returns the written types that mean the same outside the `impl`.
    fn written_here(&self) -> impl Iterator<Item = &'m Type> {
        self.written.iter().copied().filter(|ty| !names_self(&ty.to_token_stream()))
    }

    fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }
}

/// Returns the given type, or that of the first inherited trait, or `()`.
fn or_inherited(given: &Once<Type>, traits: &[Inherited], which: &TokenStream) -> TokenStream {
    match (given.value(), traits.first()) {
        (None, Some(inherited)) => {
            let (at, tasks) = (at(inherited.path.span()), inherited::tasks(inherited));
            quote_spanned!(at=> #tasks::#which)
        }
        _ => or_unit(given),
    }
}

/// Returns the given type, or `()`.
pub(super) fn or_unit(given: &Once<Type>) -> TokenStream {
    given.value().map_or_else(|| quote!(()), ToTokens::to_token_stream)
}
