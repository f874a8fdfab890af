use std::collections::HashSet;

use quote::quote;

use crate::errors::Errors;
use crate::model::Task;

/// Refuses the second of two tasks with one name, unless a `#[cfg]` parts them; then the compiler checks those
/// that are left.
pub(super) fn check<'t>(tasks: &[&'t Task], errors: &mut Errors) -> Vec<&'t Task> {
    let mut seen = HashSet::new();
    let mut first = Vec::with_capacity(tasks.len());
    for task in tasks {
        let (name, conditions) = (task.name(), &task.conditions);
        if seen.insert(format!("{name:?} {}", quote!(#(#conditions)*))) {
            first.push(*task);
        } else {
            errors.at(
                task.name_tokens(),
                format_args!("two tasks are named `{name}`; give one another name: `name = \"..\"`"),
            );
        }
    }
    first
}
