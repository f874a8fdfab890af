//! What the user wrote → what the compiler gets: the user's code first, then what was generated for it.
//!
//! Whatever can be wrong has been found before; nothing here makes a message of its own. Generated code stands
//! in a `const _` block that imports the private module as `__periodic`, and each of its tokens has the place
//! of the user's token for which it stands, because that is where the compiler will report what types tell.

mod assertions;
mod base;
mod calendar;
mod call;
mod collect;
mod constant;
mod dispatch;
mod free_task;
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

/// The user's item alone, where nothing can be generated for it; not even that where the compiler takes no such item.
fn unchanged(manager: &Manager) -> TokenStream {
    let is_refused = matches!(&manager.header, Header::Impl(item) if !validate::can_have_methods(item));
    let mut tokens = if is_refused { TokenStream::new() } else { manager.item() };
    let uses = wrapping::uses(&manager.tasks());
    tokens.extend(wrapping::block(&periodic(&manager.args.periodic), &manager.conditions, &uses));
    tokens
}
