use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ItemImpl, Type};

use super::rows::{Numbering, Row};
use super::{assertions, block, catalogue, constant, dispatch, imports, open, provide, table};
use crate::args::periodic;
use crate::model::{Manager, Task};

/// Expands `#[periodic_manager]` on an inherent impl.
pub(super) fn expand(manager: &Manager, item: &ItemImpl, tasks: &[&Task]) -> TokenStream {
    let args = &manager.args;
    let name = manager.name().unwrap_or_default();
    let rows = Row::all(tasks, args);
    let (this, generics) = (&*item.self_ty, &item.generics);
    let mut generated = imports::uses(tasks);
    generated.extend(static_table(tasks, this));
    generated.extend(assertions::of_names(tasks));
    generated.extend(assertions::of_traits(args.traits()));
    Numbering(&rows).to_tokens(&mut generated);

    let (parameters, _, bounds) = generics.split_for_impl();
    let (context, owner) = (provide::or_unit(&args.context), provide::or_unit(&args.owner));
    let (collect, call) = (dispatch::collect(&name, &rows), dispatch::of_manager(&name, &rows));
    generated.extend(quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #parameters __periodic::PeriodicManager for #this #bounds {
            type Context = #context;
            type Owner = #owner;
            #collect
            #call
        }
    });
    generated.extend(provide::implement(generics, this, &args.owner, &args.context));
    for inherited in args.traits() {
        let path = &inherited.path;
        let at = super::at(syn::spanned::Spanned::span(path));
        generated.extend(quote_spanned! {at=>
            #[automatically_derived]
            impl #parameters __periodic::Inherits<<dyn #path as __periodic::TraitTasks>::Mark> for #this #bounds {}
        });
    }
    if args.open.get().is_some() && generics.params.is_empty() {
        generated.extend(open::implement(this));
    }
    generated.extend(catalogue::declare(&name, &quote!(__TASKS)));

    let mut expanded = manager.item();
    expanded.extend(block::block(&periodic(&args.periodic), &manager.conditions, &generated));
    expanded
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
