//! The sources of a run's context.

use std::fmt::Display;

use periodic_core::task::TaskError;

/// The source of a run's context, called anew for each run.
pub(super) trait MakeContext<C>: Send + Sync + 'static {
    /// Makes the context of one run.
    ///
    /// # Errors
    /// When it cannot be made; the run is then recorded as failed with that cause.
    fn make(&self) -> Result<C, TaskError>;
}

/// A context that a runner makes for each run by `Default`. Every type with a `Default` is one.
#[diagnostic::on_unimplemented(
    message = "this runner does not know how to make a `{Self}` for each run",
    label = "needs a context for each run",
    note = "give a function that makes one, as in `Runner::builder_with(manager, || ..)` or `.manager_with(manager, || ..)`, \
            or implement `Default` for `{Self}`"
)]
pub trait DefaultContext: Sized {
    #[doc(hidden)]
    fn make() -> Self;
}

#[diagnostic::do_not_recommend]
impl<C: Default> DefaultContext for C {
    fn make() -> Self {
        Self::default()
    }
}

/// A source that uses the context's `Default`.
pub(super) struct FromDefault;

impl<C: DefaultContext> MakeContext<C> for FromDefault {
    fn make(&self) -> Result<C, TaskError> {
        Ok(C::make())
    }
}

/// A source that is a function that cannot fail.
pub(super) struct Fresh<F>(pub(super) F);

impl<C, F: Fn() -> C + Send + Sync + 'static> MakeContext<C> for Fresh<F> {
    fn make(&self) -> Result<C, TaskError> {
        Ok((self.0)())
    }
}

/// A source that is a function that can fail.
pub(super) struct TryFresh<F>(pub(super) F);

impl<C, E: Display, F: Fn() -> Result<C, E> + Send + Sync + 'static> MakeContext<C> for TryFresh<F> {
    fn make(&self) -> Result<C, TaskError> {
        (self.0)().map_err(|error| TaskError::new(format_args!("the context could not be made: {error:#}")))
    }
}
