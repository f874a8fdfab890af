use std::collections::HashMap;

use quote::{ToTokens, quote};
use syn::{ItemImpl, ItemTrait};

use super::self_type;
use crate::args::{ManagerArgs, Once};
use crate::errors::Errors;
use crate::model::{Header, Manager, Task};

/// Checks a manager. Returns whether code can be generated for it.
pub(super) fn check(manager: &Manager, errors: &mut Errors) -> bool {
    match &manager.header {
        Header::Impl(item) => check_impl(item, manager, errors),
        Header::Trait(item) => check_trait(item, &manager.args, errors),
    }
}

fn check_impl(item: &ItemImpl, manager: &Manager, errors: &mut Errors) -> bool {
    let args = &manager.args;
    if let Some((path, _)) = &item.trait_ {
        let name = path.to_token_stream().to_string().replace(' ', "");
        errors.at(
            path,
            format_args!(
                "`#[periodic_manager]` does not go on the impl of a trait; put it on `trait {name}` itself, and on \
                 an inherent impl that says `#[periodic_manager(inherit({name}))]`"
            ),
        );
        return false;
    }
    if !self_type::check(item, errors) {
        return false;
    }
    if let (Some(open), false) = (args.open.get(), item.generics.params.is_empty()) {
        errors.at(
            &open.key,
            "a generic manager cannot be open: a task outside its impl cannot tell which type it joins",
        );
    }
    if manager.name().is_none() {
        errors.at(&item.self_ty, "this type has no name: give one with `#[periodic_manager(name = \"..\")]`");
    }
    !self_type::has_unused_parameter(item)
}

fn check_trait(item: &ItemTrait, args: &ManagerArgs, errors: &mut Errors) -> bool {
    const IMPLEMENTOR: &str = "write it on the `impl` of each manager that inherits this trait";
    refuse(&args.include, &format!("a trait has no fields to include; {IMPLEMENTOR}"), errors);
    refuse(&args.inherit, &format!("a trait cannot inherit tasks; {IMPLEMENTOR}"), errors);
    refuse(&args.open, &format!("a trait cannot be open; {IMPLEMENTOR}"), errors);
    refuse(&args.name, "a trait's tasks are named after the manager that inherits them", errors);
    let generic = item.generics.params.first();
    if let Some(parameter) = generic {
        errors.at(
            parameter,
            "a trait with tasks cannot be generic: all types that implement it share one table",
        );
    }
    generic.is_none()
}

fn refuse<T>(argument: &Once<T>, message: &str, errors: &mut Errors) {
    if let Some(argument) = argument.get() {
        errors.at(&argument.key, message);
    }
}

/// Refuses the second of two tasks with one name, unless their `#[cfg]`s differ. Then the compiler checks those that
/// remain.
pub(super) fn check_names<'t>(tasks: &[&'t Task], errors: &mut Errors) -> Vec<&'t Task> {
    let mut seen = HashMap::new();
    let mut first = Vec::with_capacity(tasks.len());
    for task in tasks {
        let (name, conditions) = (task.name(), &task.conditions);
        let key = format!("{name:?} {}", quote!(#(#conditions)*));
        let other = seen.entry(key).or_insert(task.ident());
        if core::ptr::eq(*other, task.ident()) {
            first.push(*task);
        } else if *other != task.ident() {
            // The compiler reports two methods of one name.
            errors.at(
                task.name_tokens(),
                format_args!("two tasks are named `{name}`; give one another name: `name = \"..\"`"),
            );
        }
    }
    first
}

/// Refuses on a method the arguments of functions outside an `impl`.
pub(super) fn refuse_those_of_functions(task: &Task, errors: &mut Errors) {
    if let Some(manager) = task.args.manager.get() {
        errors.at(manager, "a method belongs to the manager in whose `impl` it stands: leave `manager` out");
    }
    if let Some(periodic) = task.args.periodic.get() {
        errors.at(periodic, "write `crate = ..` once, in `#[periodic_manager(..)]`");
    }
}
