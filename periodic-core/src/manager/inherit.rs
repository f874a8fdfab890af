use crate::spec::TaskSpec;

/// The tasks that a trait declares; implemented for its `dyn` type by `#[periodic_manager]` on the trait.
///
/// Through the `dyn` type an implementor's macro reaches them although it sees nothing but the trait's path.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a trait with periodic tasks",
    label = "has no tasks to inherit",
    note = "write `#[periodic_manager]` on the trait itself"
)]
pub trait TraitTasks {
    /// A type that stands for the trait.
    type Mark;
    /// What its tasks are given as their context.
    type Context;
    /// The manager that its implementors are included in.
    type Owner;
    /// The rows.
    const TASKS: &'static [TaskSpec];
}

/// Says that a manager's table holds the tasks of the trait that `Mark` stands for.
///
/// Each trait with tasks asks it of its implementors, so a forgotten `inherit` does not compile.
#[diagnostic::on_unimplemented(
    message = "`{Self}` implements a trait with periodic tasks but does not inherit them",
    label = "its tasks would never run",
    note = "name the trait in the manager's attribute: `#[periodic_manager(inherit(TheTrait))] impl {Self} {{ .. }}`"
)]
pub trait Inherits<Mark> {}
