use std::fmt::Display;
use std::ops::ControlFlow;

use periodic_core::task::TaskError;

/// A type that the callback of a looping call may return.
///
/// `S` is the value that the loop needs after each call: `()` for fixed intervals, `Option<Duration>` for
/// [`Dynamic`](super::Dynamic), `bool` for [`Backoff`](super::Backoff). A callback returns
///
/// - `S`: continue;
/// - `ControlFlow<T, S>`: continue, or end with a value of type `T`;
/// - `Result<S, E>` or `Result<ControlFlow<T, S>, E>`: the same, or fail. `E` is any type with `Display`.
///
/// For fixed intervals these are `()`, `ControlFlow<T>`, `Result<(), E>` and `Result<ControlFlow<T>, E>`.
#[diagnostic::on_unimplemented(
    message = "the callback of this looping call cannot return `{Self}`",
    label = "the loop expects `{S}`",
    note = "a callback returns `{S}`, `ControlFlow<T, {S}>`, or a `Result` of one of them, whose error implements `Display`"
)]
pub trait CallOutput<S> {
    /// The value of `Break`.
    type Value: Clone + Send + Sync + 'static;

    /// Converts the output: continue, end, or fail.
    ///
    /// # Errors
    /// When the callback failed.
    fn step(self) -> Result<ControlFlow<Self::Value, S>, TaskError>;
}

#[diagnostic::do_not_recommend]
impl<S> CallOutput<S> for S {
    type Value = ();

    fn step(self) -> Result<ControlFlow<(), S>, TaskError> {
        Ok(ControlFlow::Continue(self))
    }
}

#[diagnostic::do_not_recommend]
impl<S, T: Clone + Send + Sync + 'static> CallOutput<S> for ControlFlow<T, S> {
    type Value = T;

    fn step(self) -> Result<ControlFlow<T, S>, TaskError> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S, E: Display> CallOutput<S> for Result<S, E> {
    type Value = ();

    fn step(self) -> Result<ControlFlow<(), S>, TaskError> {
        self.map(ControlFlow::Continue).map_err(TaskError::new)
    }
}

#[diagnostic::do_not_recommend]
impl<S, T: Clone + Send + Sync + 'static, E: Display> CallOutput<S> for Result<ControlFlow<T, S>, E> {
    type Value = T;

    fn step(self) -> Result<ControlFlow<T, S>, TaskError> {
        self.map_err(TaskError::new)
    }
}
