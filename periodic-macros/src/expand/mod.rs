//! The user's item → the compiler's input: the user's code first, then the code that was generated for it.
//!
//! All mistakes have been found before, so this module creates no errors. Generated code is in a `const _` block that
//! imports the private module as `__periodic`. Each generated token has the span of a user's token, because the
//! compiler reports type errors there.

mod assertions;
mod base;
mod calendar;
mod call;
mod collect;
mod constant;
mod dispatch;
mod free_task;
mod inherited;
mod manager;
mod open;
mod provide;
mod rows;
mod span;
mod table;
mod types;
mod wrapping;

pub(crate) use free_task::expand as free_task;

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::errors::Errors;
use crate::manifest::periodic;
use crate::model::{Header, Manager};
use crate::validate;

/// Expands `#[periodic_manager]`.
pub(crate) fn manager(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let expanded = match Manager::read(args, item, &mut errors) {
        Err(item) => item,
        Ok(manager) => match (validate::manager(&manager, &mut errors), &manager.header) {
            (None, _) => unchanged(&manager),
            (Some(tasks), Header::Impl(item)) => manager::expand(&manager, item, &tasks),
            (Some(tasks), Header::Trait(item)) => base::expand(&manager, item, &tasks),
        },
    };
    let mut tokens = expanded;
    errors.finish().to_tokens(&mut tokens);
    tokens
}

/// Returns the user's item alone, if no code can be generated for it; nothing if the compiler refuses such an item.
fn unchanged(manager: &Manager) -> TokenStream {
    let is_refused = matches!(&manager.header, Header::Impl(item) if !validate::can_have_methods(item));
    let mut tokens = if is_refused { TokenStream::new() } else { manager.item() };
    let uses = wrapping::uses(&manager.tasks());
    tokens.extend(wrapping::block(&periodic(&manager.args.periodic), &manager.conditions, &uses));
    tokens
}
