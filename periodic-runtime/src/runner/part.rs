use std::pin::Pin;
use std::sync::Arc;

use periodic_core::scheduler::Start;
use periodic_core::table::{TableBuilder, TableError};
use periodic_core::{PeriodicManager, Settings, TaskTable};

use super::added::AddedTask;
use super::context::MakeContext;
use super::launch::Runs;
use super::shared::Shared;

/// The rest of a run that holds the runner until it has ended.
pub(super) type InlineRun = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One of a runner's managers, of whatever type.
///
/// Starting a run, and not calling its task, is what goes through `dyn`: so a run that is spawned is boxed once.
pub(super) trait Part: Send + Sync {
    /// Collects the manager's tasks.
    fn collect(&self, table: TableBuilder) -> TableBuilder;

    /// Starts a run where its task wants it; an inline one is given back.
    fn launch(
        &self,
        shared: &Arc<Shared>,
        start: Start,
        added: Option<Arc<AddedTask>>,
        runs: &mut Runs,
    ) -> Option<InlineRun>;
}

/// The table of all parts, in their order.
pub(super) fn table(parts: &[Box<dyn Part>], settings: &Settings) -> Result<TaskTable, TableError> {
    parts.iter().fold(TaskTable::builder(), |table, part| part.collect(table)).build(settings)
}

/// A manager, and how the context of its runs is made.
pub(super) struct Managed<M: PeriodicManager> {
    pub(super) manager: Arc<M>,
    pub(super) context: Arc<dyn MakeContext<M::Context>>,
}

impl<M: PeriodicManager> Managed<M> {
    pub(super) fn new(manager: Arc<M>, context: impl MakeContext<M::Context>) -> Self {
        Self { manager, context: Arc::new(context) }
    }
}
