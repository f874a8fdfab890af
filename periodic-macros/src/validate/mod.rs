//! Finds every mistake of an item, and reports each at the user's own token.
//!
//! A task with a mistake in its arguments stays in the table, so that its method is still called and type-checked. A
//! task with a mistake in its signature is left out. The compiler makes the checks that need types; generated code has
//! the spans of the user's tokens.

mod constants;
mod facts;
mod function;
mod manager;
mod receiver;
mod rules;
mod self_type;
mod signature;

pub(crate) use facts::of_task as facts;
pub(crate) use function::check as function;
pub(crate) use self_type::can_have_methods;

use crate::errors::Errors;
use crate::model::{Manager, Task};

/// Checks a manager, and returns the tasks that can be called; `None` if no code can be generated for it.
pub(crate) fn manager<'m>(manager: &'m Manager, errors: &mut Errors) -> Option<Vec<&'m Task>> {
    let is_sound = manager::check(manager, errors);
    let named = manager::check_names(&manager.tasks(), errors);
    let callable = named
        .into_iter()
        .filter(|task| {
            rules::check(task, errors);
            manager::refuse_those_of_functions(task, errors);
            let is_callable = signature::check_method(task, manager.args.context.value(), errors);
            let is_in_scope = constants::check(task, &manager.header, errors);
            is_callable && is_in_scope && manager.has_sound_args
        })
        .collect();
    is_sound.then_some(callable)
}
