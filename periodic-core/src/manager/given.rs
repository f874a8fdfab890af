use super::Probe;
use crate::task::Run;

/// The values that a task may take: its owner, its context, and its run.
#[derive(Debug)]
// Exhaustive, because managers that hold others make it.
pub struct Given<'a, O, C> {
    /// The manager that includes the task's own.
    pub owner: &'a O,
    /// The context created for this run.
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

impl<O, C> Given<'_, O, C> {
    /// Returns the probe of all types that the future of a task of `manager` can borrow.
    #[doc(hidden)]
    pub fn probe<M>(&self, _manager: &M) -> Probe<(M, O, C)> {
        Probe::NEW
    }
}

/// Marks the context as the value.
#[derive(Debug)]
pub enum ByContext {}
/// Marks the owner as the value.
#[derive(Debug)]
pub enum ByOwner {}
/// Marks the run as the value.
#[derive(Debug)]
pub enum ByRun {}

/// Selects the value for a parameter by its type.
///
/// `How` is inferred: exactly one of [`ByContext`], [`ByOwner`] and [`ByRun`] fits a given type. So the order of a
/// task's parameters is free, and no attribute has to name them. Sealed: [`Given`] alone implements it.
#[diagnostic::on_unimplemented(
    message = "a periodic task cannot be given a `{T}`",
    label = "not one of the types that this manager's tasks are given",
    note = "a task takes `&self` and any of `&Run`, the `&Context` of `#[periodic_manager(context = Context)]` and, \
            in a driver, the `&Owner` of `#[periodic_manager(owner = Owner)]`, each at most once"
)]
pub trait Gives<'a, T, How>: sealed::Sealed {
    /// Returns the value for the parameter.
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

mod sealed {
    pub trait Sealed {}

    impl<O, C> Sealed for super::Given<'_, O, C> {}
}
