use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::rows::{Row, RowKind};
use super::{at, call};

/// The `call` of a manager: finds a row by the first number of its path.
pub(super) fn of_manager(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let arms = rows.iter().map(|row| {
        let (conditions, number) = (row.conditions(), row.number());
        let (rest, call) = match row.kind {
            RowKind::Task(task) => {
                let method = task.ident();
                let at = at(task.span());
                let (function, receiver) = (quote_spanned!(at=> Self::#method), quote_spanned!(at=> self));
                (None, call::call(task, &function, &receiver, task.parameters()))
            }
            RowKind::Include(field) => {
                let member = &field.member;
                let at = at(member.span());
                let call = quote_spanned!(at=> __periodic::delegate(self, &self.#member, rest, given));
                (Some(quote_spanned!(mixed()=> , rest @ ..)), call)
            }
            RowKind::Inherit(inherited) => {
                let path = &inherited.path;
                let at = at(path.span());
                let call = quote_spanned!(at=> <Self as #path>::__periodic_call(self, *row, given));
                (Some(quote_spanned!(mixed()=> , row)), call)
            }
            RowKind::Open => {
                let call = quote_spanned!(mixed()=> __periodic::call_open(self, *row, given));
                (Some(quote_spanned!(mixed()=> , row)), call)
            }
        };
        quote!(#(#conditions)* [#number #rest] => #call,)
    });
    quote_spanned! {mixed()=>
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                #(#arms)*
                _ => __periodic::Call::unknown_row(#name, row),
            }
        }
    }
}

/// The body of a trait's hidden method: finds a row by its number.
pub(super) fn of_trait(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let arms = rows.iter().filter_map(|row| {
        let RowKind::Task(task) = row.kind else { return None };
        let (conditions, number) = (row.conditions(), row.number());
        let method = task.ident();
        let at = at(task.span());
        let (function, receiver) = (quote_spanned!(at=> Self::#method), quote_spanned!(at=> self));
        let call = call::call(task, &function, &receiver, task.parameters());
        Some(quote!(#(#conditions)* #number => #call,))
    });
    quote_spanned! {mixed()=>
        match row {
            #(#arms)*
            _ => __periodic::Call::unknown_row(#name, &[row]),
        }
    }
}

/// The names of parameters must have one hygiene in a signature and in its body.
pub(super) fn mixed() -> Span {
    Span::mixed_site()
}

/// The part of `collect` that lists the rows: those of traits first, as a base's come before a type's own.
pub(super) fn collect(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let inherited = rows.iter().filter_map(|row| {
        let RowKind::Inherit(inherited) = row.kind else { return None };
        let (number, path) = (row.number(), &inherited.path);
        let except = inherited.except.iter().map(|except| &except.name);
        let at = at(path.span());
        Some(quote_spanned! {at=>
            collector.inherit(#number, <dyn #path as __periodic::TraitTasks>::TASKS, &[#(#except),*]);
        })
    });
    let others = rows.iter().filter_map(|row| {
        let number = row.number();
        match row.kind {
            RowKind::Include(field) => {
                let (member, field_name) = (&field.member, super::rows::field_name(&field.member));
                let except = field.except.iter().map(|except| &except.name);
                let at = at(member.span());
                Some(quote_spanned! {at=>
                    collector.include(#field_name, #number, &self.#member, &[#(#except),*]);
                })
            }
            RowKind::Open => Some(quote_spanned! {mixed()=>
                collector.open(#number, <Self as __periodic::OpenManager>::open_tasks());
            }),
            RowKind::Task(_) | RowKind::Inherit(_) => None,
        }
    });
    let name = name.to_token_stream();
    quote_spanned! {mixed()=>
        fn collect(&self, collector: &mut __periodic::Collector) {
            collector.manager(#name);
            #(#inherited)*
            collector.tasks(__TASKS);
            #(#others)*
        }
    }
}
