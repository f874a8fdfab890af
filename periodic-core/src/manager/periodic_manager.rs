use super::{Call, Collector, Given};
use crate::task::Ended;

/// A value that has tasks.
///
/// `#[periodic_manager]` implements it. It is also implemented for `Box`, `Arc`, `Option`, `Vec` and maps of
/// managers, so a container of managers is a manager. The trait is dyn-compatible.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a periodic manager",
    label = "has no periodic tasks",
    note = "write `#[periodic_manager]` on an `impl {Self} {{ .. }}` block, even on an empty one",
    note = "a trait used as `dyn Trait` carries `#[periodic_manager]` itself"
)]
// The compiler shows the line of an unmet bound, so the advice stands on that line.
pub trait PeriodicManager:
    Send
    + Sync // Tasks share it: use a lock or an atomic for a `Cell` or a `RefCell`, and an `Arc` for an `Rc`.
    + 'static
{
    /// The context of its tasks; `()` if they take none.
    type Context: Send + Sync + 'static; // Tasks share it: a lock or an atomic for a `Cell`, an `Arc` for an `Rc`.
    /// The manager that includes it, and that its tasks take as their owner; `()` if none.
    type Owner: Send + Sync + 'static; // Tasks share it: a lock or an atomic for a `Cell`, an `Arc` for an `Rc`.

    /// Lists the tasks.
    ///
    /// Called once for each table; [`call`](Self::call) later gets the rows that it names.
    fn collect(&self, collector: &mut Collector);

    /// Runs one task.
    ///
    /// A plain `fn` has already run when this returns; an `async fn` has not begun. A path that
    /// [`collect`](Self::collect) never named ends as [`Failed`](crate::task::Ended::Failed).
    fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a>;

    /// Runs one task as [`call`](Self::call) does, but without a box for the future of an `inline` task: the runner
    /// awaits it in place.
    ///
    /// A plain `fn` runs when the future is polled. The default implementation does box.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the task at its current `await`.
    fn call_inline<'a>(
        &'a self,
        row: &'a [u32],
        given: Given<'a, Self::Owner, Self::Context>,
    ) -> impl Future<Output = Ended> + Send + 'a
    where
        Self: Sized,
    {
        async move { self.call(row, given).finish().await }
    }
}
