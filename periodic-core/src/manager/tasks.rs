use super::{Call, Given};
use crate::task::Ended;

/// The calls of a manager's tasks, apart from [`PeriodicManager`](super::PeriodicManager). In one trait, the
/// assumptions of its `impl` about the manager would also decide about the futures.
///
/// `By` is the expansion: two `impl`s of one manager are one error, and not one for each trait.
pub trait Tasks<Owner, Context, By> {
    /// Has no value if the types cannot be shared: see [`Assumed`](super::Assumed).
    const CHECKED: u8 = super::CHECKED;

    /// Runs one task.
    fn call_task<'a>(&'a self, row: &[u32], given: Given<'a, Owner, Context>) -> Call<'a>;

    /// Runs one `inline` task, without a box if the manager implements this.
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
