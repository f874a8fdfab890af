use std::sync::Arc;

use periodic_core::{PeriodicManager, TaskTable};

use super::context::DefaultContext;
use super::execute::manager::Managers;
use super::state::shared::Shared;
use super::{Handle, RunnerBuilder};

/// A runner of the tasks of one manager, or of several, until it is stopped.
///
/// Its grids begin when [`run_until`](Self::run_until) or one of its variants is called. Async tasks are spawned,
/// plain ones run on tokio's pool for blocking work, `inline` ones in the runner itself.
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
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
    /// Creates a builder of a runner for the tasks of `manager`, whose runs get their context's `Default`.
    ///
    /// An `Arc` of a manager is also a manager, for callers that keep theirs.
    pub fn builder<M>(manager: M) -> RunnerBuilder
    where
        M: PeriodicManager<Owner = (), Context: DefaultContext>,
    {
        RunnerBuilder::new().manager(manager)
    }

    /// Creates a builder of a runner for the tasks of `manager`, and makes its runs' contexts by a call of `make`.
    ///
    /// # Examples
    /// ```
    /// struct Request {
    ///     user: &'static str,
    /// }
    ///
    /// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
    /// # use periodic_core::task::{Ended, Execution, Next, TaskSpec};
    /// # struct Manager;
    /// # impl PeriodicManager for Manager {
    /// #     type Context = Request;
    /// #     type Owner = ();
    /// #     fn collect(&self, collector: &mut Collector) {
    /// #         collector.manager("Manager");
    /// #         collector.tasks(&[TaskSpec::new("poll").run_immediately().execution(Execution::Inline)]);
    /// #     }
    /// #     fn call<'a>(&'a self, _: &[u32], given: Given<'a, (), Request>) -> Call<'a> {
    /// #         assert_eq!(given.context.user, "admin");
    /// #         Call::Ready(Ended::Ok(Next::OnSchedule))
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), periodic_runtime::Error> {
    /// # use std::time::Duration;
    /// # use periodic_runtime::Runner;
    /// let runner = Runner::builder_with(Manager, || Request { user: "admin" }).build()?;
    /// let handle = runner.handle();
    /// let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(10))).await;
    /// assert_eq!(handle.status_of("Manager.poll").unwrap().counters.ok, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder_with<M, F>(manager: M, make: F) -> RunnerBuilder
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> M::Context + Send + Sync + 'static,
    {
        RunnerBuilder::new().manager_with(manager, make)
    }

    /// Creates a builder of a runner for the tasks of `manager`, and makes its runs' contexts by a call of `make`. If
    /// that fails, the run is recorded as failed.
    pub fn try_builder_with<M, F, E>(manager: M, make: F) -> RunnerBuilder
    where
        M: PeriodicManager<Owner = ()>,
        F: Fn() -> Result<M::Context, E> + Send + Sync + 'static,
        E: std::fmt::Display,
    {
        RunnerBuilder::new().try_manager_with(manager, make)
    }

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
