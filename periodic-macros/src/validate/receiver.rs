use syn::{Lifetime, ReceiverKind, Type};

use crate::args::is_static;
use crate::errors::Errors;
use crate::model::{Task, type_name};

const SHARED: &str = "a task borrows its manager, because several may run at once: take `&self`";

/// Checks the receiver of a method.
pub(super) fn check(task: &Task, errors: &mut Errors) {
    let Some(receiver) = task.signature.receiver() else {
        errors.at(task.ident(), "a periodic task must be a method: take `&self` first");
        return;
    };
    let problem = match &receiver.kind {
        ReceiverKind::Reference(_, lifetime, mutability) => borrowed(lifetime.as_ref(), mutability.is_some()),
        ReceiverKind::Typed(_, ty) => match &**ty {
            Type::Reference(reference) if is_itself(&reference.elem) => {
                borrowed(reference.lifetime.as_ref(), reference.mutability.is_some())
            }
            Type::Path(path) if path.path.is_ident("Self") => Some(SHARED.to_owned()),
            _ => Some(format!("{SHARED}, not a pointer to it")),
        },
        _ => Some(SHARED.to_owned()),
    };
    if let Some(problem) = problem {
        errors.at(receiver, problem);
    }
}

fn borrowed(lifetime: Option<&Lifetime>, is_unique: bool) -> Option<String> {
    if is_unique {
        Some(format!("{SHARED}, and keep mutable state of the manager in a lock or an atomic"))
    } else if is_static(lifetime) {
        Some("a task borrows its manager during its run only: take `&self`".to_owned())
    } else {
        None
    }
}

/// Whether it is `Self`, or a name that may mean it: `Arc<Self>` cannot.
fn is_itself(ty: &Type) -> bool {
    type_name(ty).is_some() && !matches!(ty, Type::Path(path) if holds_self(path))
}

fn holds_self(path: &syn::TypePath) -> bool {
    use quote::ToTokens;
    let mut arguments = path.path.segments.iter().map(|segment| segment.arguments.to_token_stream());
    arguments.any(|arguments| arguments.into_iter().any(|token| token.to_string() == "Self"))
}
