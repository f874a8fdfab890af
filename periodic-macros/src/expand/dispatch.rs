use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::rows::{Row, RowKind};
use super::span::at;
use super::types::Types;
use super::{call, inherited};
use crate::model::{Execution, Task};

/// Generates the call of a task: it finds a row by the first number of its path.
pub(super) fn of_manager(name: &str, rows: &[Row<'_>], types: &Types<'_>) -> TokenStream {
    let arms = rows.iter().map(arm);
    let (given, mark) = (types.given(), types.mark());
    // The names of parameters must have one hygiene in the signature and in the arms.
    quote_spanned! {Span::mixed_site()=>
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: #given,
        ) -> __periodic::Call<'call> {
            #mark
            match __row {
                #(#arms)*
                _ => __periodic::Call::unknown_row(#name, __row),
            }
        }
    }
}

/// Generates the call without a box, for the manager's own `inline` tasks that are async. All others use `call_task`,
/// so most managers have no such function.
pub(super) fn inline_of_manager(rows: &[Row<'_>], types: &Types<'_>) -> Option<TokenStream> {
    let arms: Vec<_> = rows.iter().filter_map(inline_arm).collect();
    let (given, mark, tasks) = (types.given(), types.mark(), types.tasks());
    let expanded = quote_spanned! {Span::mixed_site()=>
        fn call_task_inline<'call>(
            &'call self,
            __row: &'call [__periodic::u32],
            __given: #given,
        ) -> impl ::core::future::Future<Output = __periodic::Ended> + ::core::marker::Send + 'call {
            #mark
            __mark.inline(async move {
                match __row {
                    #(#arms)*
                    _ => #tasks::call_task(self, __row, __given).finish().await,
                }
            })
        }
    };
    (!arms.is_empty()).then_some(expanded)
}

/// Generates the methods of `PeriodicManager` that run tasks.
pub(super) fn forwarded(has_inline: bool, types: &Types<'_>) -> TokenStream {
    let (given, tasks) = (types.given(), types.tasks());
    let mut methods = quote_spanned! {Span::mixed_site()=>
        fn call<'call>(&'call self, __row: &[__periodic::u32], __given: #given) -> __periodic::Call<'call> {
            #tasks::call_task(self, __row, __given)
        }
    };
    if has_inline {
        methods.extend(quote_spanned! {Span::mixed_site()=>
            fn call_inline<'call>(
                &'call self,
                __row: &'call [__periodic::u32],
                __given: #given,
            ) -> impl ::core::future::Future<Output = __periodic::Ended> + ::core::marker::Send + 'call {
                #tasks::call_task_inline(self, __row, __given)
            }
        });
    }
    methods
}

/// Generates the body of a trait's hidden method: it finds a row by its number.
pub(super) fn of_trait(name: &str, rows: &[Row<'_>]) -> TokenStream {
    let arms = rows.iter().filter_map(|row| {
        let RowKind::Task(task) = row.kind else { return None };
        let (conditions, number, call) = (row.conditions(), row.number(), method(task));
        Some(quote!(#(#conditions)* #number => #call,))
    });
    quote_spanned! {Span::mixed_site()=>
        match __row {
            #(#arms)*
            _ => __periodic::Call::unknown_row(#name, &[__row]),
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
                [#number, __rest @ ..] => {
                    __periodic::delegate::<__Row, _, _, _, _>(
                        self,
                        __periodic::included(&self.#member),
                        __rest,
                        __given,
                    )
                }
            }
        }
        RowKind::Inherit(inherited) => {
            let (path, tasks) = (&inherited.path, inherited::tasks(inherited));
            quote_spanned! {at(path.span())=>
                [#number, __row] => {
                    <#tasks::Mark as __periodic::CallsTasks<Self, _, _>>::call_task(
                        self, *__row, __given,
                    )
                }
            }
        }
        RowKind::Open => quote_spanned! {Span::mixed_site()=>
            [#number, __row] => __periodic::call_open(self, *__row, __given),
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
    let ended = quote_spanned!(at=> __periodic::ended(__mark.sent(#called).await));
    Some(quote!(#(#conditions)* [#number] => #ended,))
}

fn method(task: &Task) -> TokenStream {
    let (method, at) = (task.ident(), at(task.span()));
    call::call(task, &quote_spanned!(at=> Self::#method), &quote_spanned!(at=> self), &task.parameters())
}
