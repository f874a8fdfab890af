use crate::task::Run;

/// What a task may ask for: its owner, its context, and its run.
#[derive(Debug)]
pub struct Given<'a, O, C> {
    /// The manager that includes the task's own.
    pub owner: &'a O,
    /// The context made for this run.
    pub context: &'a C,
    /// The run.
    pub run: &'a Run,
}

impl<O, C> Clone for Given<'_, O, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, C> Copy for Given<'_, O, C> {}

/// The context is meant.
#[derive(Debug)]
pub enum ByContext {}
/// The owner is meant.
#[derive(Debug)]
pub enum ByOwner {}
/// The run is meant.
#[derive(Debug)]
pub enum ByRun {}

/// Picks what a parameter's type asks for.
///
/// `How` is inferred: exactly one of [`ByContext`], [`ByOwner`] and [`ByRun`] fits a given type, so the order
/// of a task's parameters is free and no attribute has to name them.
#[diagnostic::on_unimplemented(
    message = "a periodic task cannot be given a `{T}`",
    label = "not one of the types that this manager's tasks are given",
    note = "a task takes `&self` and any of `&Run`, the `&Context` of `#[periodic_manager(context = Context)]` and, \
            in a driver, the `&Owner` of `#[periodic_manager(owner = Owner)]`, each at most once"
)]
pub trait Gives<'a, T, How> {
    /// The value for the parameter.
    fn give(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<'a, O, C> Gives<'a, &'a C, ByContext> for Given<'a, O, C> {
    fn give(self) -> &'a C {
        self.context
    }
}

#[diagnostic::do_not_recommend]
impl<'a, O, C> Gives<'a, &'a O, ByOwner> for Given<'a, O, C> {
    fn give(self) -> &'a O {
        self.owner
    }
}

#[diagnostic::do_not_recommend]
impl<'a, O, C> Gives<'a, &'a Run, ByRun> for Given<'a, O, C> {
    fn give(self) -> &'a Run {
        self.run
    }
}
