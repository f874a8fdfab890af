//! The reading of expressions and zones in a build without the feature `cron`. Each is accepted unread, because core
//! refuses the attribute in any case.
#![allow(clippy::unnecessary_wraps, reason = "the code that it replaces finds mistakes")]

use core::convert::Infallible;

use proc_macro2::{Span, TokenStream};
use syn::LitStr;
use syn::parse::ParseStream;

pub(super) fn zone(_: &str) -> Option<Infallible> {
    None
}

pub(super) fn text(_: &LitStr) -> syn::Result<()> {
    Ok(())
}

pub(super) fn fields(input: ParseStream<'_>, _: Span) -> syn::Result<String> {
    input.parse::<TokenStream>().map(|tokens| tokens.to_string())
}
