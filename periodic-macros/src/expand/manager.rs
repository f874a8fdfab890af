use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ItemImpl, Type, parse_quote};

use super::rows::{Numbering, Row};
use super::span::at;
use super::types::Types;
use super::{assertions, collect, constant, dispatch, inherited, open, provide, table, wrapping};
use crate::args::Inherited;
use crate::manifest::periodic;
use crate::model::{Manager, Task};

/// Expands `#[periodic_manager]` on an inherent impl.
pub(super) fn expand(manager: &Manager, item: &ItemImpl, tasks: &[&Task]) -> TokenStream {
    let args = &manager.args;
    let name = manager.name().unwrap_or_default();
    let rows = Row::all(tasks, manager);
    let (this, generics) = (&*item.self_ty, &item.generics);
    let types = Types::of(item, args);
    let mut generated = wrapping::uses(&manager.tasks());
    generated.extend(static_table(tasks, this));
    generated.extend(assertions::of_names(tasks));
    generated.extend(assertions::of_traits(args.traits()));
    Numbering(&rows).to_tokens(&mut generated);

    let (parameters, _, own_bounds) = generics.split_for_impl();
    let (associated, bounds, tasks) = (types.associated(), types.bounds(), types.tasks());
    let collect = collect::of_manager(&name, &rows, manager);
    let (call, call_inline) =
        (dispatch::of_manager(&name, &rows, &types), dispatch::inline_of_manager(&rows, &types));
    let checked = types.checked();
    let forwarded = dispatch::forwarded(call_inline.is_some(), &types);
    // Two impls of one type are reported at the type; the macro's name is the error's text.
    generated.extend(quote_spanned! {at(this.span())=>
        __periodic::all_tasks_of_a_type_stand_in_one_impl! {
            #parameters __periodic::PeriodicManager for #this #bounds {
                #associated
                #collect
                #forwarded
            }
        }
        #[automatically_derived]
        impl #parameters #tasks for #this #own_bounds {
            #checked
            #call
            #call_inline
        }
    });
    generated.extend(types.generic_check());
    if !args.fields().is_empty() {
        generated.extend(provide::implement(generics, this, &types, args));
    }
    for inherited in args.traits() {
        generated.extend(inherits(inherited, item));
    }
    if args.inherit.is_written() && args.inherit.value().is_none() {
        generated.extend(inherits_all(item));
    }
    if manager.is_open() {
        generated.extend(open::implement(this, &types.bounds()));
    }
    generated.extend(wrapping::declare(&name));

    let mut expanded = manager.item();
    expanded.extend(wrapping::block(&periodic(&args.periodic), &manager.conditions, &generated));
    expanded
}

/// Implements the mark that a base requires of each implementing type: its tasks are in the table.
fn inherits(inherited: &Inherited, item: &ItemImpl) -> TokenStream {
    let (path, tasks, this) = (&inherited.path, inherited::tasks(inherited), &item.self_ty);
    let (parameters, _, bounds) = item.generics.split_for_impl();
    quote_spanned! {at(path.span())=>
        #[automatically_derived]
        impl #parameters __periodic::Inherits<#tasks::Mark> for #this #bounds {}
    }
}

/// Implements every base's mark, for a list of traits that could not be read: none of them was forgotten.
fn inherits_all(item: &ItemImpl) -> TokenStream {
    let (mut generics, this) = (item.generics.clone(), &item.self_ty);
    generics.params.push(parse_quote!(__Mark));
    let (parameters, _, bounds) = generics.split_for_impl();
    quote_spanned! {at(this.span())=>
        #[automatically_derived]
        impl #parameters __periodic::Inherits<__Mark> for #this #bounds {}
    }
}

fn static_table(tasks: &[&Task], this: &Type) -> TokenStream {
    let table = table::declare(tasks);
    let alias = constant::alias(tasks, this);
    let checks = table::checks(tasks);
    quote! {
        #alias
        #table
        #checks
    }
}
