use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use periodic_core::table::{TableBuilder, TableError};
use periodic_core::time::Now;
use periodic_core::{PeriodicManager, Settings, TaskTable};

use super::blocking::{Attempt, BlockingRun, start_blocking};
use super::code::Code;
use super::inline::{Handoff, run_inline};
use super::spawned::{Worker, run_spawned};
use crate::boxed::Boxed;
use crate::catch_panic::catch_panic;
use crate::quiet_span::Subscriber;
use crate::runner::context::MakeContext;
use crate::runner::state::end_guard::EndGuard;
use crate::runner::state::handed::Handed;
use crate::runner::state::shared::Shared;

/// One of a runner's managers, of any type.
///
/// The start of work goes through `dyn`, not the call of a task: so a spawned run is boxed once.
pub(in crate::runner) trait DynManager: Send + Sync {
    /// Collects the manager's tasks.
    fn collect(&self, table: TableBuilder) -> TableBuilder;

    /// Returns the future that runs its inline tasks.
    fn run_inline<'a>(&'a self, shared: &'a Shared, handoff: &'a Handoff) -> Boxed<'a, Infallible>;

    /// Runs the run that a worker has taken, and the next ones, until one is of another manager.
    fn run_spawned<'a>(&'a self, shared: &'a Shared, worker: &'a mut Worker) -> Boxed<'a, ()>;

    /// Starts a blocking run. The clocks were `read` before.
    fn start_blocking(&self, shared: &Arc<Shared>, handed: Handed, read: Now) -> BlockingRun;
}

/// A runner's managers, in their order.
pub(in crate::runner) struct Managers(Vec<Box<dyn DynManager>>);

impl Managers {
    pub(in crate::runner) fn new(managers: Vec<Box<dyn DynManager>>) -> Self {
        Self(managers)
    }

    /// Builds the table of all managers.
    pub(in crate::runner) fn table(&self, settings: &Settings) -> Result<TaskTable, TableError> {
        self.iter().fold(TaskTable::builder(), |table, manager| manager.collect(table)).build(settings)
    }
}

impl Deref for Managers {
    type Target = [Box<dyn DynManager>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// They are the user's code: a panic in their drop must not harm a worker or the runner.
impl Drop for Managers {
    fn drop(&mut self) {
        for manager in self.0.drain(..) {
            let _ = catch_panic(|| drop(manager));
        }
    }
}

/// One manager of a runner.
pub(in crate::runner) struct TypedManager<M: PeriodicManager> {
    code: Arc<Code<M>>,
}

impl<M: PeriodicManager> TypedManager<M> {
    pub(in crate::runner) fn new(manager: Arc<M>, context: impl MakeContext<M::Context>) -> Self {
        Self { code: Arc::new(Code { manager, context: Box::new(context) }) }
    }
}

impl<M: PeriodicManager<Owner = ()>> DynManager for TypedManager<M> {
    fn collect(&self, table: TableBuilder) -> TableBuilder {
        table.manager(&*self.code.manager)
    }

    fn run_inline<'a>(&'a self, shared: &'a Shared, handoff: &'a Handoff) -> Boxed<'a, Infallible> {
        Box::pin(run_inline(&self.code, shared, handoff))
    }

    fn run_spawned<'a>(&'a self, shared: &'a Shared, worker: &'a mut Worker) -> Boxed<'a, ()> {
        Box::pin(run_spawned(&self.code, shared, worker))
    }

    fn start_blocking(&self, shared: &Arc<Shared>, handed: Handed, read: Now) -> BlockingRun {
        let guard = EndGuard::new(Arc::clone(shared), handed.start.id);
        let (code, subscriber) = (Arc::clone(&self.code), Subscriber::of_this_thread());
        let attempt = Attempt { code, handed, guard, read, subscriber, is_timed_out: Arc::default() };
        start_blocking(attempt, Arc::clone(shared))
    }
}
