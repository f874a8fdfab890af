use quote::ToTokens;
use syn::{GenericParam, PatType, ReceiverKind, Safety, Signature, Type};

use crate::errors::Errors;
use crate::model::Task;

const GIVEN: &str = "a task takes `&self` and any of `&Context`, `&Run` and, in a driver, `&Owner`";

/// Says whether the method can be called as a task.
pub(super) fn check_method(task: &Task, errors: &mut Errors) -> bool {
    let before = errors.count();
    check_receiver(task, errors);
    check_both(&task.signature, errors);
    check_parameters(&task.parameters(), errors);
    errors.count() == before
}

/// The same for a function outside any `impl`, whose first parameter is the manager.
pub(super) fn check_function(task: &Task, errors: &mut Errors) -> bool {
    let before = errors.count();
    check_both(&task.signature, errors);
    let parameters = task.parameters();
    if let Some(receiver) = task.signature.receiver() {
        errors.at(receiver, "a method belongs to the manager in whose `impl` it stands: leave `manager` out");
    } else if let Some((manager, given)) = parameters.split_first() {
        check_borrowed(manager, errors);
        check_parameters(given, errors);
    } else {
        errors.at(
            task.ident(),
            "a task outside its manager's impl takes the manager first: `fn task(manager: &Manager)`",
        );
    }
    errors.count() == before
}

fn check_receiver(task: &Task, errors: &mut Errors) {
    const SHARED: &str = "a task borrows its manager, because several may run at once: take `&self`";
    let Some(receiver) = task.signature.receiver() else {
        errors.at(task.ident(), "a periodic task is a method: its first parameter is `&self`");
        return;
    };
    let problem = match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => return,
        ReceiverKind::Typed(_, ty) if matches!(&**ty, Type::Reference(ty) if ty.mutability.is_none()) => {
            return;
        }
        ReceiverKind::Value => SHARED.to_owned(),
        ReceiverKind::Reference(..) => {
            format!("{SHARED}, and keep what changes in a lock or an atomic in the manager")
        }
        _ => format!("{SHARED}, not an owning pointer"),
    };
    errors.at(receiver, problem);
}

fn check_both(signature: &Signature, errors: &mut Errors) {
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            errors.at(
                parameter,
                "a task cannot be generic, because nobody would say for which type to run it; the manager can be",
            );
        }
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.at(token, "a task cannot be `unsafe`: its runner could not keep the promise; wrap what is");
    }
    if let Some(variadic) = &signature.variadic {
        errors.at(variadic, GIVEN);
    }
}

fn check_parameters(parameters: &[&PatType], errors: &mut Errors) {
    const MOST: usize = 3;
    if let Some(fourth) = parameters.get(MOST) {
        errors.at(fourth, format_args!("this is one parameter too many: {GIVEN}, each at most once"));
    }
    let mut seen = Vec::new();
    for parameter in parameters.iter().take(MOST) {
        let Some(ty) = check_borrowed(parameter, errors) else { continue };
        let ty = ty.to_token_stream().to_string();
        if seen.contains(&ty) {
            errors.at(parameter, "a second parameter of one type: each can be asked for once");
        }
        seen.push(ty);
    }
}

/// What the parameter refers to.
fn check_borrowed<'t>(parameter: &'t PatType, errors: &mut Errors) -> Option<&'t Type> {
    let mut ty = &*parameter.ty;
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    match ty {
        Type::Reference(reference) if reference.mutability.is_none() => {
            if matches!(&*reference.elem, Type::ImplTrait(_)) {
                errors.at(&reference.elem, "a task's parameters have types that can be named");
                return None;
            }
            return Some(&reference.elem);
        }
        Type::Reference(reference) => {
            errors.at(
                ty,
                format_args!(
                    "a task is given shared references: write `&{}`",
                    reference.elem.to_token_stream()
                ),
            );
        }
        // An alias may stand for a reference, but so rarely that the clear message is worth more.
        other => errors.at(
            other,
            format_args!("a task is given shared references: write `&{}`; {GIVEN}", other.to_token_stream()),
        ),
    }
    None
}
