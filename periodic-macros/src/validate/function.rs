use proc_macro2::Span;

use super::{rules, signature};
use crate::errors::Errors;
use crate::model::Task;

/// Checks a function outside any `impl`, and returns whether it can be called as a task.
pub(crate) fn check(task: &Task, errors: &mut Errors) -> bool {
    rules::check(task, errors);
    if task.args.manager.get().is_some() {
        return signature::check_function(task, errors);
    }
    if task.args.manager.is_written() {
        return false;
    }
    let advice = if task.signature.receiver().is_some() {
        "this task is in no `impl` with `#[periodic_manager]`: put that attribute above this `impl`, or, if the type \
         has one already, move the task there; a macro cannot write tasks into it"
    } else {
        "a task outside its manager's `impl` must name an open manager: `#[periodic_task(manager = SomeManager)]`"
    };
    errors.push(syn::Error::new(Span::call_site(), advice));
    false
}
