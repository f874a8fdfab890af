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

/// A mark that a manager's table holds the tasks of the trait behind `Mark`.
///
/// Each trait with tasks requires it of its implementors, so a forgotten `inherit` does not compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` implements a trait with periodic tasks but does not inherit them",
    label = "its tasks would never run",
    note = "name the trait in the manager's attribute: `#[periodic_manager(inherit(TheTrait))] impl {Self} {{ .. }}`"
)]
pub trait Inherits<Mark> {}
