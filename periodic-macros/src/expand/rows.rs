use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Member;
use syn::ext::IdentExt;

use crate::args::{Field, Inherited};
use crate::model::{Manager, Task};

/// A row: the meaning of the first number of a path.
pub(super) struct Row<'m> {
    pub(super) kind: RowKind<'m>,
    /// Its name in the enum that numbers the rows.
    variant: Ident,
}

pub(super) enum RowKind<'m> {
    Task(&'m Task),
    Include(&'m Field),
    Inherit(&'m Inherited),
    Open,
}

impl<'m> Row<'m> {
    pub(super) fn of_tasks(tasks: &[&'m Task]) -> Vec<Self> {
        let mut rows = Vec::with_capacity(tasks.len());
        for task in tasks {
            let variant = format_ident!("task_{}", task.ident().unraw().to_string());
            rows.push(Self { kind: RowKind::Task(task), variant });
        }
        rows
    }

    /// Returns all rows. The tasks come first, because a table numbers them from 0.
    pub(super) fn all(tasks: &[&'m Task], manager: &'m Manager) -> Vec<Self> {
        let args = &manager.args;
        let mut rows = Self::of_tasks(tasks);
        for field in args.fields() {
            let variant = format_ident!("include_{}", field_name(&field.member));
            rows.push(Self { kind: RowKind::Include(field), variant });
        }
        for (number, inherited) in args.traits().iter().enumerate() {
            let variant = format_ident!("inherit_{number}");
            rows.push(Self { kind: RowKind::Inherit(inherited), variant });
        }
        if manager.is_open() {
            rows.push(Self { kind: RowKind::Open, variant: format_ident!("open") });
        }
        rows
    }

    /// Returns the row's number, as a constant for patterns.
    pub(super) fn number(&self) -> TokenStream {
        let number = self.constant();
        quote!(__Row::#number)
    }

    pub(super) fn conditions(&self) -> &[TokenStream] {
        match self.kind {
            RowKind::Task(task) => &task.conditions,
            _ => &[],
        }
    }

    fn constant(&self) -> Ident {
        format_ident!("at_{}", self.variant)
    }
}

/// Returns the name under which a field's tasks are listed.
pub(super) fn field_name(member: &Member) -> String {
    match member {
        Member::Named(name) => name.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// Numbers the rows, by an enum: only the compiler knows which rows remain under their `#[cfg]`s.
pub(super) struct Numbering<'r>(pub(super) &'r [Row<'r>]);

impl ToTokens for Numbering<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let variants = self.0.iter().map(|row| {
            let (conditions, variant) = (row.conditions(), &row.variant);
            quote!(#(#conditions)* #variant)
        });
        let constants = self.0.iter().map(|row| {
            let (conditions, variant, constant) = (row.conditions(), &row.variant, row.constant());
            quote!(#(#conditions)* const #constant: __periodic::u32 = Self::#variant as __periodic::u32;)
        });
        tokens.extend(quote! {
            enum __Row { #(#variants),* }
            impl __Row { #(#constants)* }
        });
    }
}
