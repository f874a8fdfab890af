use core::fmt;

use super::{Call, Given, PeriodicManager};
use crate::task::TaskSpec;

/// A manager that takes in tasks declared outside its `impl`, also in other crates.
///
/// `#[periodic_manager(open)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take tasks from outside its impl",
    label = "not an open manager",
    note = "open it with `#[periodic_manager(open)] impl {Self} {{ .. }}`"
)]
pub trait OpenManager: PeriodicManager {
    /// What such a task submits of itself. Local to the manager, because what is collected must be.
    type Entry: 'static;

    /// The tasks of the whole binary, sorted by name and place: the linker's order is not stable.
    fn open_tasks() -> &'static [&'static OpenTask<Self>]
    where
        Self: Sized;
}

/// What runs such a task.
type OpenCall<M> =
    for<'a> fn(&'a M, Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>) -> Call<'a>;

/// A task declared outside its manager's `impl`.
pub struct OpenTask<M: PeriodicManager> {
    spec: TaskSpec,
    module: &'static str,
    call: OpenCall<M>,
}

impl<M: PeriodicManager> OpenTask<M> {
    /// The task that `call` runs, declared in `module`.
    pub const fn new(spec: TaskSpec, module: &'static str, call: OpenCall<M>) -> Self {
        Self { spec, module, call }
    }

    /// The declaration.
    pub const fn spec(&self) -> &TaskSpec {
        &self.spec
    }

    /// The module in which the task is declared.
    pub const fn module(&self) -> &'static str {
        self.module
    }

    /// Runs the task for `manager`.
    pub fn call<'a>(&self, manager: &'a M, given: Given<'a, M::Owner, M::Context>) -> Call<'a> {
        (self.call)(manager, given)
    }
}

impl<M: PeriodicManager> fmt::Debug for OpenTask<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTask")
            .field("spec", &self.spec)
            .field("module", &self.module)
            .finish_non_exhaustive()
    }
}
