use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::rows::{Row, RowKind};
use super::{at, call};
use crate::model::{Execution, Task};

/// The `call` of a manager: finds a row by the first number of its path.
pub(super) fn of_manager(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let arms = rows.iter().map(arm);
    // The names of parameters must have one hygiene in the signature and in the arms.
    quote_spanned! {Span::mixed_site()=>
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

/// The `call_inline` of a manager, where one of its own `inline` tasks is async. All others go through `call`, so that
/// there is none for most managers.
pub(super) fn inline_of_manager(rows: &[Row<'_>]) -> Option<TokenStream> {
    let arms: Vec<_> = rows.iter().filter_map(inline_arm).collect();
    let expanded = quote_spanned! {Span::mixed_site()=>
        async fn call_inline<'call>(
            &'call self,
            row: &'call [__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Ended {
            match row {
                #(#arms)*
                _ => __periodic::PeriodicManager::call(self, row, given).finish().await,
            }
        }
    };
    (!arms.is_empty()).then_some(expanded)
}

/// The body of a trait's hidden method: finds a row by its number.
pub(super) fn of_trait(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let arms = rows.iter().filter_map(|row| {
        let RowKind::Task(task) = row.kind else { return None };
        let (conditions, number, call) = (row.conditions(), row.number(), method(task));
        Some(quote!(#(#conditions)* #number => #call,))
    });
    quote_spanned! {Span::mixed_site()=>
        match row {
            #(#arms)*
            _ => __periodic::Call::unknown_row(#name, &[row]),
        }
    }
}

fn arm(row: &Row<'_>) -> TokenStream {
    let (conditions, number) = (row.conditions(), row.number());
    match row.kind {
        RowKind::Task(task) => {
            let call = method(task);
            quote!(#(#conditions)* [#number] => #call,)
        }
        RowKind::Include(field) => {
            let member = &field.member;
            quote_spanned! {at(member.span())=>
                [#number, rest @ ..] => {
                    __periodic::delegate(self, __periodic::included(&self.#member), rest, given)
                }
            }
        }
        RowKind::Inherit(inherited) => {
            let path = &inherited.path;
            quote_spanned! {at(path.span())=>
                [#number, row] => <Self as #path>::__periodic_call(self, *row, given),
            }
        }
        RowKind::Open => quote_spanned! {Span::mixed_site()=>
            [#number, row] => __periodic::call_open(self, *row, given),
        },
    }
}

fn inline_arm(row: &Row<'_>) -> Option<TokenStream> {
    let RowKind::Task(task) = row.kind else { return None };
    if task.execution() != Execution::Inline || !task.is_async() {
        return None;
    }
    let (conditions, number) = (row.conditions(), row.number());
    let (method, at) = (task.ident(), at(task.span()));
    let called =
        call::called(&quote_spanned!(at=> Self::#method), &quote_spanned!(at=> self), &task.parameters(), at);
    let ended = quote_spanned!(at=> __periodic::ended(#called.await));
    Some(quote!(#(#conditions)* [#number] => #ended,))
}

fn method(task: &Task) -> TokenStream {
    let (method, at) = (task.ident(), at(task.span()));
    call::call(task, &quote_spanned!(at=> Self::#method), &quote_spanned!(at=> self), &task.parameters())
}
