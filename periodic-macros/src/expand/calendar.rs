use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::constant::without_self;
use super::span::{at, at_name};
use crate::args::{Dst, Expression, Gap, Repeated, Zone};
use crate::model::Task;

/// Adds the schedule of a `cron` to a row.
///
/// A macro of core gets all of it: in a build without the feature, that macro reports this once.
pub(super) fn with_cron(task: &Task, spec: TokenStream) -> TokenStream {
    let Some(cron) = task.args.cron.get() else { return spec };
    let text = match &cron.value {
        Expression::Text(text) => quote!(#text),
        Expression::Constant(path) => {
            let (at, constant) = (at_name(path), constant(task));
            quote_spanned!(at=> #constant)
        }
    };
    let mut schedule = quote!(__periodic::cron(#text));
    match task.args.tz.value() {
        Some(Zone::Name(name)) => schedule.extend(quote!(.tz(#name))),
        Some(Zone::Constant(path)) => {
            let (at, path) = (at_name(path), without_self(path));
            schedule.extend(quote_spanned!(at=> .tz(#path)));
        }
        None => {}
    }
    if let Some(dst) = task.args.dst.value() {
        let dst = rule(dst);
        schedule.extend(quote!(.dst(#dst)));
    }
    let at = at(cron.key.span());
    quote_spanned!(at=> __periodic::with_cron!(#spec.cron(#schedule)))
}

fn rule(dst: &Dst) -> TokenStream {
    let gap = match dst.gap {
        Gap::First => quote!(First),
        Gap::Skip => quote!(Skip),
    };
    let overlap = match dst.overlap {
        Repeated::Once => quote!(Once),
        Repeated::Twice => quote!(Twice),
    };
    quote!(__periodic::Dst { gap: __periodic::DstGap::#gap, overlap: __periodic::DstRepeat::#overlap })
}

/// Declares a constant for the expression of the user's constant, which the compiler then reads.
///
/// A separate constant, so that a wrong type is reported once.
pub(super) fn check(task: &Task) -> Option<TokenStream> {
    let path = task.args.cron.value()?.constant()?;
    let conditions = &task.conditions;
    let (at, path, constant) = (at_name(path), without_self(path), constant(task));
    Some(quote_spanned! {at=>
        #(#conditions)* const #constant: &__periodic::str = #path;
        #(#conditions)* const _: () = __periodic::check_cron(#constant);
    })
}

fn constant(task: &Task) -> Ident {
    format_ident!("__CRON_{}", task.ident().unraw().to_string())
}
