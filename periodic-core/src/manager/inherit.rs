use super::{CHECKED, Call, Given};
use crate::spec::TaskSpec;

/// The tasks that a trait declares; implemented for its `dyn` type by `#[periodic_manager]` on the trait.
///
/// Through the `dyn` type an implementor's macro reaches them, although it sees only the trait's path.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a trait with periodic tasks",
    label = "has no tasks to inherit",
    note = "write `#[periodic_manager]` on the trait itself"
)]
pub trait TraitTasks {
    /// A type that stands for the trait.
    type Mark;
    /// The context of its tasks.
    type Context;
    /// The manager that includes its implementors.
    type Owner;
    /// The rows.
    const TASKS: &'static [TaskSpec];
}

/// The same as [`TraitTasks`]. `CHECKED` is a constant of the implementor's expansion, whose body is [`inherited`]; see
/// [`Assumed`](super::Assumed).
pub trait InheritedTasks<const CHECKED: u8> {
    /// See [`TraitTasks::Mark`].
    type Mark;
    /// See [`TraitTasks::Context`].
    type Context;
    /// See [`TraitTasks::Owner`].
    type Owner;
    /// The rows.
    const TASKS: &'static [TaskSpec];
}

macro_rules! inherited_tasks {
    ($checked:expr) => {
        #[diagnostic::do_not_recommend]
        impl<T: TraitTasks + ?Sized> InheritedTasks<{ $checked }> for T {
            type Mark = T::Mark;
            type Context = T::Context;
            type Owner = T::Owner;
            const TASKS: &'static [TaskSpec] = T::TASKS;
        }
    };
}

inherited_tasks!(CHECKED);
inherited_tasks!(CHECKED + 1);

/// Requires that a trait has tasks.
pub fn inherited<T: TraitTasks + ?Sized>() {}

/// The call of a trait's tasks for an implementor `M`; implemented for the trait's `Mark`.
///
/// A method of the trait itself could not be named if the trait has no tasks, which is another error already.
pub trait CallsTasks<M, Owner, Context> {
    /// Runs the task in row `row`.
    fn call_task<'a>(manager: &'a M, row: u32, given: Given<'a, Owner, Context>) -> Call<'a>;
}

/// A mark that a manager's table holds the tasks of the trait behind `Mark`.
///
/// Each trait with tasks requires it of its implementors, so a forgotten `inherit` does not compile. It is hidden, not
/// sealed, because the attribute implements it for the manager, in the user's crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` implements a trait with periodic tasks but does not inherit them",
    label = "its tasks would never run",
    note = "name the trait in the manager's attribute: `#[periodic_manager(inherit(TheTrait))] impl {Self} {{ .. }}`"
)]
pub trait Inherits<Mark> {}
