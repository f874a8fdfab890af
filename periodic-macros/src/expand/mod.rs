//! What the user wrote → what the compiler gets: the user's code first, then what was generated for it.
//!
//! Whatever can be wrong has been found before; nothing here makes a message of its own. Generated code stands
//! in a `const _` block that imports the private module as `__periodic`, and each of its tokens has the place
//! of the user's token for which it stands, because that is where the compiler will report what types tell.

mod assertions;
mod base;
mod block;
mod calendar;
mod call;
mod catalogue;
mod collect;
mod constant;
mod dispatch;
mod free_task;
mod imports;
mod manager;
mod open;
mod provide;
mod rows;
mod table;
mod types;

pub(crate) use free_task::expand as free_task;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::args::periodic;
use crate::errors::Errors;
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
    let uses = imports::uses(&manager.tasks());
    tokens.extend(block::block(&periodic(&manager.args.periodic), &manager.conditions, &uses));
    tokens
}

/// The place of a path: its last word, which is what it names.
fn at_name(path: &TokenStream) -> Span {
    at(path.clone().into_iter().last().map_or_else(Span::call_site, |word| word.span()))
}

/// The place of `span`, for tokens whose names are generated: their hygiene must be one for all of them, also
/// where the user's tokens come from different macros.
fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}
