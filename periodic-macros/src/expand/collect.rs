use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::inherited;
use super::rows::{Row, RowKind, field_name};
use super::span::at;
use crate::model::Manager;

/// Generates the `collect` of a manager. The rows of traits come first, because a base precedes a type's own tasks.
pub(super) fn of_manager(name: &str, rows: &[Row<'_>], manager: &Manager) -> TokenStream {
    let unread = unread(manager);
    let (inherited, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| matches!(row.kind, RowKind::Inherit(_)));
    let (inherited, others) = (inherited.into_iter().map(statement), others.into_iter().map(statement));
    quote_spanned! {Span::mixed_site()=>
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            #unread
            __collector.manager(#name);
            #(#inherited)*
            __collector.tasks(&__TASKS);
            #(#others)*
        }
    }
}

/// Refuses to leave out a task that only the compiler could read.
pub(super) fn unread(manager: &Manager) -> Option<TokenStream> {
    manager.has_unread_tasks.then(|| quote!(__periodic::unread::<Self>();))
}

fn statement(row: &Row<'_>) -> Option<TokenStream> {
    let number = row.number();
    match row.kind {
        // All own tasks are in the table.
        RowKind::Task(_) => None,
        RowKind::Inherit(inherited) => {
            let (path, tasks) = (&inherited.path, inherited::tasks(inherited));
            let except = inherited.except.iter().map(|except| &except.name);
            Some(quote_spanned! {at(path.span())=>
                __collector.inherit(#number, #tasks::TASKS, &[#(#except),*]);
            })
        }
        RowKind::Include(field) => {
            let (member, name) = (&field.member, field_name(&field.member));
            let except = field.except.iter().map(|except| &except.name);
            Some(quote_spanned! {at(member.span())=>
                __collector.include(#name, #number, __periodic::included(&self.#member), &[#(#except),*]);
            })
        }
        RowKind::Open => Some(quote_spanned! {Span::mixed_site()=>
            __collector.open(#number, <Self as __periodic::OpenManager>::open_tasks());
        }),
    }
}
