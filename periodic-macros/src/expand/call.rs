use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{PatType, Type};

use super::span::at;
use crate::model::{Execution, Task};

/// Generates the call of a task: `function` with `receiver` first, then the values of its parameters.
///
/// A future that is not `Send`, and a result without a meaning, are reported at the task's name; a parameter without a
/// value, at its type.
pub(super) fn call(
    task: &Task,
    function: &TokenStream,
    receiver: &TokenStream,
    parameters: &[&PatType],
) -> TokenStream {
    let at = at(task.span());
    let called = called(function, receiver, parameters, at);
    match (task.is_async(), task.execution()) {
        (true, Execution::Inline) => quote_spanned!(at=> __mark.pending(__mark.sent(#called))),
        (true, _) => quote_spanned!(at=> __mark.pending(#called)),
        (false, _) => quote_spanned!(at=> __periodic::Call::Ready(__periodic::ended(#called))),
    }
}

/// Generates the bare call.
pub(super) fn called(
    function: &TokenStream,
    receiver: &TokenStream,
    parameters: &[&PatType],
    span: Span,
) -> TokenStream {
    let mut given = TokenStream::new();
    for parameter in parameters {
        let at = at(referent(&parameter.ty).span());
        given.extend(quote_spanned!(at=> , __periodic::Gives::give(__given)));
    }
    quote_spanned!(span=> #function(#receiver #given))
}

/// Returns the type behind a reference. An error has the span of one token only, so a word is better than a `&`.
pub(super) fn referent(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => &reference.elem,
        other => other,
    }
}
