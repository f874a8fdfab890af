use super::{Call, Given};
use crate::task::Ended;

/// The calls of a manager's tasks, apart from [`PeriodicManager`](super::PeriodicManager): what its `impl` takes for
/// granted of the manager would else decide about the futures too.
///
/// `By` is the expansion: two `impl`s of one manager are one mistake, and not one for each trait.
pub trait Tasks<Owner, Context, By> {
    /// Runs one task.
    fn call_task<'a>(&'a self, row: &[u32], given: Given<'a, Owner, Context>) -> Call<'a>;

    /// The same for an `inline` one, without a box. Called where the manager has one.
    fn call_task_inline<'a>(
        &'a self,
        row: &'a [u32],
        given: Given<'a, Owner, Context>,
    ) -> impl Future<Output = Ended> + Send + 'a
    where
        Self: Sized,
    {
        self.call_task(row, given).finish()
    }
}
