use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ItemImpl, Type};

use super::rows::{Numbering, Row};
use super::span::at;
use super::types::Types;
use super::{assertions, collect, constant, dispatch, open, provide, table, wrapping};
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
            #call
            #call_inline
        }
    });
    generated.extend(types.check());
    if !args.fields().is_empty() {
        generated.extend(provide::implement(generics, this, &types, args));
    }
    for inherited in args.traits() {
        generated.extend(inherits(inherited, item));
    }
    if manager.is_open() {
        generated.extend(open::implement(this));
    }
    generated.extend(wrapping::declare(&name, &quote!(__TASKS)));

    let mut expanded = manager.item();
    expanded.extend(wrapping::block(&periodic(&args.periodic), &manager.conditions, &generated));
    expanded
}

/// Implements the mark that a base requires of each implementing type: its tasks are in the table.
fn inherits(inherited: &Inherited, item: &ItemImpl) -> TokenStream {
    let (path, this) = (&inherited.path, &item.self_ty);
    let (parameters, _, bounds) = item.generics.split_for_impl();
    quote_spanned! {at(path.span())=>
        #[automatically_derived]
        impl #parameters __periodic::Inherits<<dyn #path as __periodic::TraitTasks>::Mark> for #this #bounds {}
    }
}

fn static_table(tasks: &[&Task], this: &Type) -> TokenStream {
    let rows = table::rows(tasks);
    let alias = constant::alias(tasks, this);
    let checks = table::checks(tasks);
    quote! {
        #alias
        static __TASKS: &[__periodic::TaskSpec] = #rows;
        #checks
    }
}
