use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::span::at;
use super::{call, table, wrapping};
use crate::errors::Errors;
use crate::manifest::periodic;
use crate::model::{Task, read_function, type_name};
use crate::validate;

/// Expands `#[periodic_task]` if no `#[periodic_manager]` around it has removed it.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let mut tokens = item.clone();
    if let Some(task) = read_function(args, item, &mut errors)
        && validate::function(&task, &mut errors)
        && let Some(manager) = task.args.manager.value()
    {
        tokens.extend(wrapping::block(
            &periodic(&task.args.periodic),
            &task.conditions,
            &content(&task, manager),
        ));
    }
    errors.finish().to_tokens(&mut tokens);
    tokens
}

fn content(task: &Task, manager: &Type) -> TokenStream {
    let (table, checks) = (table::declare(&[task]), table::checks(&[task]));
    let function = task.ident();
    let parameters = task.parameters();
    let receiver = parameters.first().map(|parameter| {
        let at = at(call::referent(&parameter.ty).span());
        quote_spanned!(at=> __manager)
    });
    let rest = parameters.get(1..).unwrap_or_default();
    let call = call::call(task, &quote!(#function), &receiver.into_token_stream(), rest);
    let of_manager = at(manager.span());
    let entry = quote_spanned!(of_manager=> <#manager as __periodic::OpenManager>::OPENER.entry);
    let declaration = wrapping::declare(&type_name(manager).unwrap_or_default());
    quote_spanned! {Span::mixed_site()=>
        #table
        #checks
        __periodic::inventory::submit! {
            #entry(&__TASKS[0], __periodic::module_path!(), |__manager, __given| {
                use __periodic::OrNot as _;
                let __mark = (&__given.probe(__manager)).periodic_mark();
                #call
            })
        }
        #declaration
    }
}
