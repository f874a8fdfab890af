use super::{Collector, Settings, TableError, TaskTable};
use crate::manager::PeriodicManager;

/// Makes one table of the tasks of several managers.
///
/// They keep their order: the first one's tasks stand first, and [`Task::part`](super::Task::part) tells whose a
/// task is.
///
/// # Examples
/// ```
/// use periodic_core::{Settings, TaskTable};
/// # use periodic_core::manager::{Call, Given, PeriodicManager};
/// # use periodic_core::table::Collector;
/// # use periodic_core::task::TaskSpec;
/// # struct Manager(&'static str);
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager(self.0);
/// #         collector.tasks(&[TaskSpec::new("poll")]);
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("Manager", row)
/// #     }
/// # }
/// # let (compute, volumes) = (Manager("Compute"), Manager("Volumes"));
/// let table = TaskTable::builder().manager(&compute).manager(&volumes).build(&Settings::default())?;
/// let tasks: Vec<_> = table.tasks().iter().map(|task| (task.name().as_str(), task.part())).collect();
/// assert_eq!(tasks, [("Compute.poll", 0), ("Volumes.poll", 1)]);
/// # Ok::<(), periodic_core::table::TableError>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct TableBuilder(Collector);

impl TableBuilder {
    /// Collects the tasks of `manager`, below those of the managers before it.
    pub fn manager<M: PeriodicManager + ?Sized>(mut self, manager: &M) -> Self {
        self.0.part(manager);
        self
    }

    /// Applies `settings`, and makes the table.
    ///
    /// # Errors
    /// As of [`TaskTable::of`]; two managers of one service may not have a task of one full name.
    pub fn build(self, settings: &Settings) -> Result<TaskTable, TableError> {
        TaskTable::collected(self.0, settings)
    }
}
