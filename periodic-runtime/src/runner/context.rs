//! The sources of a run's context.

use std::fmt::Display;

use periodic_core::task::TaskError;

/// The source of a run's context, called anew for each run.
#[diagnostic::on_unimplemented(
    message = "this runner does not know how to make a `{C}` for each run",
    label = "needs a context for each run",
    note = "call `.context(|| ..)` or `.try_context(|| ..)` on the builder, or implement `Default` for `{C}`"
)]
pub trait MakeContext<C>: Send + Sync + 'static {
    /// Makes the context of one run.
    ///
    /// # Errors
    /// When it cannot be made; the run is then recorded as failed with that cause.
    fn make(&self) -> Result<C, TaskError>;
}

/// A source that uses the context's `Default`.
#[derive(Clone, Copy, Debug, Default)]
pub struct FromDefault;

#[diagnostic::do_not_recommend]
impl<C: Default> MakeContext<C> for FromDefault {
    fn make(&self) -> Result<C, TaskError> {
        Ok(C::default())
    }
}

/// A source that is a function that cannot fail.
#[derive(Clone, Copy, Debug)]
pub struct Fresh<F>(pub(super) F);

impl<C, F: Fn() -> C + Send + Sync + 'static> MakeContext<C> for Fresh<F> {
    fn make(&self) -> Result<C, TaskError> {
        Ok((self.0)())
    }
}

/// A source that is a function that can fail.
#[derive(Clone, Copy, Debug)]
pub struct TryFresh<F>(pub(super) F);

impl<C, E: Display, F: Fn() -> Result<C, E> + Send + Sync + 'static> MakeContext<C> for TryFresh<F> {
    fn make(&self) -> Result<C, TaskError> {
        (self.0)().map_err(|error| TaskError::new(format_args!("the context could not be made: {error:#}")))
    }
}
