use quote::ToTokens;
use syn::{GenericArgument, GenericParam, PatType, PathArguments, ReturnType, Safety, Signature, Type};

use super::receiver;
use crate::args::is_static;
use crate::errors::Errors;
use crate::model::Task;

const RETURNED: &str = "a task returns nothing, `Next`, `Result<(), E>` or `Result<Next, E>`";
const AWAITED: &str =
    "a future that a task returns is not awaited: write `async fn`, and return the future's result";
const GIVEN: &str = "a task takes `&self` and any of `&Context`, `&Run` and, in a driver, `&Owner`";

/// Checks a method, and returns whether it can be called as a task.
pub(super) fn check_method(task: &Task, context: Option<&Type>, errors: &mut Errors) -> bool {
    let before = errors.count();
    receiver::check(task, errors);
    check_both(&task.signature, errors);
    check_parameters(&task.parameters(), context, errors);
    // The compiler refuses a `...` here.
    errors.count() == before && task.signature.variadic.is_none()
}

/// Checks a function outside any `impl`, whose first parameter is the manager.
pub(super) fn check_function(task: &Task, errors: &mut Errors) -> bool {
    let before = errors.count();
    check_both(&task.signature, errors);
    let parameters = task.parameters();
    if let Some(receiver) = task.signature.receiver() {
        errors.at(receiver, "a method belongs to the manager in whose `impl` it stands: leave `manager` out");
    } else if let Some((manager, given)) = parameters.split_first() {
        check_borrowed(manager, None, errors);
        check_parameters(given, None, errors);
    } else {
        errors.at(
            task.ident(),
            "a task outside its manager's impl takes the manager first: `fn task(manager: &Manager)`",
        );
    }
    errors.count() == before
}

fn check_both(signature: &Signature, errors: &mut Errors) {
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            errors.at(
                parameter,
                "a task cannot be generic: the scheduler cannot choose the type; make the manager generic",
            );
        }
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.at(token, "a task cannot be `unsafe`; put the unsafe code into a safe function");
    }
    if let ReturnType::Type(_, ty) = &signature.output
        && matches!(&**ty, Type::ImplTrait(_))
    {
        let is_future = ty.to_token_stream().into_iter().any(|token| token.to_string() == "Future");
        let advice = if is_future { AWAITED } else { RETURNED };
        errors.at(ty, advice);
    }
}

fn check_parameters(parameters: &[&PatType], context: Option<&Type>, errors: &mut Errors) {
    const MOST: usize = 3;
    if let Some(fourth) = parameters.get(MOST) {
        errors.at(fourth, format_args!("this is one parameter too many: {GIVEN}, each at most once"));
    }
    let mut seen = Vec::new();
    for parameter in parameters.iter().take(MOST) {
        let Some(ty) = check_borrowed(parameter, context, errors) else { continue };
        let ty = ty.to_token_stream().to_string();
        if seen.contains(&ty) {
            errors.at(parameter, "this is a second parameter of one type: take each at most once");
        }
        seen.push(ty);
    }
}

/// Checks a reference parameter, and returns the type behind it.
fn check_borrowed<'t>(
    parameter: &'t PatType,
    context: Option<&Type>,
    errors: &mut Errors,
) -> Option<&'t Type> {
    let mut ty = &*parameter.ty;
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    let Type::Reference(reference) = ty else {
        // An alias may be a reference. That is rare, so the clear message is preferred.
        let given = given(ty, context);
        errors.at(ty, format_args!("a task is given shared references: write `&{given}`; {GIVEN}"));
        return None;
    };
    let referent = || source(&reference.elem);
    if reference.mutability.is_some() {
        errors.at(ty, format_args!("a task is given shared references: write `&{}`", referent()));
    } else if matches!(&*reference.elem, Type::Tuple(tuple) if tuple.elems.is_empty()) {
        errors.at(&reference.elem, "`()` stands for no context and no owner: leave this parameter out");
    } else if matches!(&*reference.elem, Type::ImplTrait(_)) {
        errors.at(&reference.elem, "a task's parameter cannot be an `impl Trait`: write the type's name");
    } else if context.and_then(static_referent).is_some_and(|context| context == referent()) {
        let referent = referent();
        errors.at(
            ty,
            format_args!(
                "the context is a reference itself: write `&&'static {referent}`, or `context = {referent}` to be given \
                 `&{referent}`"
            ),
        );
    } else if is_static(reference.lifetime.as_ref()) {
        errors.at(
            ty,
            format_args!("a task is given references for the time of its run only: write `&{}`", referent()),
        );
    } else {
        return Some(&reference.elem);
    }
    None
}

/// Returns the type to take a reference of, for one that is not a reference: without an `Option` or a pointer around it,
/// unless that is the context.
fn given(ty: &Type, context: Option<&Type>) -> String {
    let written = source(ty);
    if let Type::Path(path) = ty
        && context.map(source).as_ref() != Some(&written)
        && let Some(last) = path.path.segments.last()
        && ["Option", "Arc", "Rc", "Box"].iter().any(|pointer| last.ident == pointer)
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        return match inner {
            Type::Reference(reference) => source(&reference.elem),
            inner => given(inner, context),
        };
    }
    written
}

/// Returns `T` of a context that is a `&'static T`.
fn static_referent(context: &Type) -> Option<String> {
    match context {
        Type::Reference(reference) if is_static(reference.lifetime.as_ref()) => Some(source(&reference.elem)),
        _ => None,
    }
}

/// Returns a type without the spaces that its tokens print between them.
fn source(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for sign in ["::", "<", ">", "&", "'", "(", "[", "]"] {
        text = text.replace(&format!("{sign} "), sign);
    }
    for sign in ["::", "<", ">", ",", ")", "]"] {
        text = text.replace(&format!(" {sign}"), sign);
    }
    text
}
