use std::sync::Arc;

use periodic_core::TaskTable;

use super::Handle;
use super::execute::manager::Managers;
use super::state::shared::Shared;

/// A runner of the tasks of one manager, or of several, until it is stopped.
///
/// Its grids begin when [`run_until`](Self::run_until) or one of its variants is called. Async tasks are spawned,
/// plain ones run on tokio's pool for blocking work, `inline` ones in the runner itself.
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Given, PeriodicManager};
/// # use periodic_core::table::Collector;
/// # use periodic_core::task::{Ended, Execution, Next, TaskSpec};
/// # struct Manager;
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("Manager");
/// #         collector.tasks(&[TaskSpec::new("poll").run_immediately().execution(Execution::Inline)]);
/// #     }
/// #     fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::Ready(Ended::Ok(Next::OnSchedule))
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), periodic_runtime::Error> {
/// use std::time::Duration;
/// use periodic_runtime::Runner;
///
/// let runner = Runner::builder(Manager).build()?;
/// let handle = runner.handle();
/// let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(150))).await;
/// assert_eq!(handle.status_of("Manager.poll").unwrap().counters.ok, 3);
/// # Ok(())
/// # }
/// ```
pub struct Runner {
    pub(super) managers: Arc<Managers>,
    pub(super) table: TaskTable,
    pub(super) shared: Arc<Shared>,
}

impl Runner {
    /// Returns a handle that controls the runner, before it runs and while it does.
    pub fn handle(&self) -> Handle {
        Handle::new(Arc::clone(&self.shared))
    }

    /// Returns the table with which the runner was built.
    pub fn table(&self) -> &TaskTable {
        &self.table
    }
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("table", &self.table).finish_non_exhaustive()
    }
}
