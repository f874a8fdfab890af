use std::fmt::Display;
use std::ops::ControlFlow;

use periodic_core::task::TaskError;

/// What the callback of a looping call may return.
///
/// `S` is what its kind wants to know after each call: nothing for fixed intervals, `Option<Duration>` for
/// [`Dynamic`](super::Dynamic), `bool` for [`Backoff`](super::Backoff). A callback returns
///
/// - `S`: go on;
/// - `ControlFlow<T, S>`: go on, or end with a value of type `T`;
/// - `Result<S, E>` or `Result<ControlFlow<T, S>, E>`: the same, or fail. `E` is anything that can be displayed.
///
/// For fixed intervals these are `()`, `ControlFlow<T>`, `Result<(), E>` and `Result<ControlFlow<T>, E>`.
#[diagnostic::on_unimplemented(
    message = "the callback of this looping call cannot return `{Self}`",
    label = "the loop wants `{S}`",
    note = "a callback returns `{S}`, `ControlFlow<T, {S}>`, or a `Result` of one of them, whose error implements `Display`"
)]
pub trait CallOutput<S> {
    /// What `Break` carries.
    type Value: Clone + Send + Sync + 'static;

    /// Go on, end, or fail.
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
