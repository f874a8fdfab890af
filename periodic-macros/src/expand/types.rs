use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, ItemImpl, Type};

use super::constant::names_self;
use super::span::at;
use crate::args::{Inherited, ManagerArgs, Once};

/// A manager's own type, and those of which its tasks are given references.
///
/// Each must be `Send + Sync + 'static`, and the compiler is to tell of it once: at the header of `impl PeriodicManager`,
/// or, where type parameters decide, in a function that has the user's bounds alone. What else would ask it takes it for
/// granted, by bounds with a lifetime: one without is checked where it stands. They hold for that `impl` only. In a check
/// of a future they would count for more than what the compiler finds itself, and refuse a `dyn Fn(&str)`.
pub(super) struct Types<'m> {
    this: &'m Type,
    generics: &'m Generics,
    pub(super) context: TokenStream,
    pub(super) owner: TokenStream,
    /// The context and the owner, as far as the user wrote them here.
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

    /// `Context` and `Owner` of the manager.
    pub(super) fn associated(&self) -> TokenStream {
        let (context, owner) = (&self.context, &self.owner);
        quote!(type Context = #context; type Owner = #owner;)
    }

    /// What a call of a task is given. As `Self::Owner` it would ask once more whether this is a manager.
    pub(super) fn given(&self) -> TokenStream {
        let (context, owner) = (&self.context, &self.owner);
        quote_spanned!(Span::mixed_site()=> __periodic::Given<'call, #owner, #context>)
    }

    /// The mark by which a call checks its futures: whether all can be shared that they borrow.
    pub(super) fn mark(&self) -> TokenStream {
        let written = &self.written;
        quote_spanned! {Span::mixed_site()=>
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(#(#written,)* Self)>::NEW).periodic_mark();
        }
    }

    /// The trait that holds the calls.
    pub(super) fn tasks(&self) -> TokenStream {
        let (context, owner) = (&self.context, &self.owner);
        quote_spanned!(Span::mixed_site()=> __periodic::Tasks::<#owner, #context, __Row>)
    }

    /// The `where` of `impl PeriodicManager`. Without type parameters one mark is left to be told of, since an `Rc` has
    /// neither.
    pub(super) fn bounds(&self) -> TokenStream {
        let written = &self.written;
        let own = self.generics.where_clause.as_ref().map(|clause| clause.predicates.iter());
        let own = own.into_iter().flatten();
        let parameters = self.generics.type_params().map(|parameter| &parameter.ident);
        let marks = if self.is_generic() {
            quote!(::core::marker::Send + ::core::marker::Sync)
        } else {
            quote!(::core::marker::Send)
        };
        quote_spanned! {Span::mixed_site()=>
            where
                #(#own,)*
                #(#parameters: 'static,)*
                for<'any> Self: #marks,
                #(for<'any> #written: #marks,)*
        }
    }

    /// What asks the same under the user's bounds alone, where there are type parameters.
    pub(super) fn check(&self) -> Option<TokenStream> {
        let (parameters, _, bounds) = self.generics.split_for_impl();
        let written = self.written.iter().copied().filter(|ty| !names_self(&ty.to_token_stream()));
        let calls = core::iter::once(self.this).chain(written).map(|ty| {
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

    fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }
}

/// The type given, or that of the first trait whose tasks are inherited, or `()`.
fn or_inherited(given: &Once<Type>, traits: &[Inherited], which: &TokenStream) -> TokenStream {
    match (given.value(), traits.first()) {
        (None, Some(Inherited { path, .. })) => {
            let at = at(path.span());
            quote_spanned!(at=> <dyn #path as __periodic::TraitTasks>::#which)
        }
        _ => or_unit(given),
    }
}

/// The type given, or `()`.
pub(super) fn or_unit(given: &Once<Type>) -> TokenStream {
    given.value().map_or_else(|| quote!(()), ToTokens::to_token_stream)
}
