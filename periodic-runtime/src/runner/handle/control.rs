use std::sync::Arc;

use periodic_core::manager::TaskOutput;
use periodic_core::scheduler::{ControlError, Scheduler, SlotRecord, TaskStatus, Triggered};
use periodic_core::task::{Execution, Interval, Run, Task, TaskName, TaskSpec};
use periodic_core::time::Now;

use crate::catch_panic::{catch_subscriber, drop_quietly};
use crate::runner::events::log;
use crate::runner::events::watch::{ControlChange, Event, Watcher};
use crate::runner::state::added::AddedTask;
use crate::runner::state::shared::{At, Shared};

/// A handle that controls a runner while it runs, from any thread; also from inside a task.
///
/// `name` is a task's full name, or its name inside its manager if only one manager has it. Each call takes effect
/// before the next slot. The error for an unknown name names the task that may have been meant, unless there are more
/// than 8192 tasks.
///
/// No call waits for a run or a watcher: a lock is held only for a visit to the scheduler. One call runs code of the
/// manager in the caller's thread, [`reload`](Self::reload).
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::TaskSpec;
/// # struct Manager;
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("Manager");
/// #         collector.tasks(&[TaskSpec::new("poll")]);
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("Manager", row)
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let runner = periodic_runtime::Runner::builder(Manager).build()?;
/// let handle = runner.handle();
/// handle.pause("poll")?;
/// let error = handle.pause("pol").unwrap_err();
/// assert_eq!(error.to_string(), "no task is called `pol`; did you mean `Manager.poll`?");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Handle {
    pub(in crate::runner) shared: Arc<Shared>,
}

impl Handle {
    pub(in crate::runner) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Pauses a task: its slots pass as paused, and no run of it starts once this has returned.
    ///
    /// # Errors
    /// When the name is not known, the task is left out or done, or the service is being stopped.
    pub fn pause(&self, name: &str) -> Result<(), ControlError> {
        self.change(name, |()| ControlChange::Paused, |scheduler, now| scheduler.pause(name, now))
    }

    /// Resumes a paused task on its grid; slots that passed meanwhile are not caught up.
    ///
    /// # Errors
    /// As of [`pause`](Self::pause).
    pub fn resume(&self, name: &str) -> Result<(), ControlError> {
        self.change(name, |()| ControlChange::Resumed, |scheduler, now| scheduler.resume(name, now))
    }

    /// Runs a task once, now, outside its schedule; also while it is paused or done.
    ///
    /// # Errors
    /// When the name is not known, the task is left out, or the service is being stopped.
    pub fn trigger(&self, name: &str) -> Result<Triggered, ControlError> {
        self.change(
            name,
            |&triggered| ControlChange::Triggered(triggered),
            |scheduler, now| scheduler.trigger(name, now),
        )
    }

    /// Sets a task's spacing: its next slot is the last one plus the new spacing, or now if that is past. The next
    /// slot of an aligned task is the clock's next multiple.
    ///
    /// # Errors
    /// When the name is not known, the spacing is negative, or the service is being stopped.
    pub fn set_spacing(&self, name: &str, interval: Interval) -> Result<(), ControlError> {
        self.change(
            name,
            |()| ControlChange::Respaced,
            |scheduler, now| scheduler.set_spacing(name, interval, now),
        )
    }

    /// Takes a task off the schedule; an active run continues.
    ///
    /// # Errors
    /// When the name is not known, or the service is being stopped.
    pub fn disable(&self, name: &str) -> Result<(), ControlError> {
        self.change(name, |()| ControlChange::Disabled, |scheduler, now| scheduler.disable(name, now))
    }

    /// Puts a task that is left out on the schedule, as if it was added now.
    ///
    /// # Errors
    /// When the name is not known, its interval is negative, it is done, or the service is being stopped.
    pub fn enable(&self, name: &str) -> Result<(), ControlError> {
        self.change(name, |()| ControlChange::Enabled, |scheduler, now| scheduler.enable(name, now))
    }

    /// Adds an async task to this runner. It is spawned, or runs inline if `spec` says so.
    ///
    /// # Errors
    /// When the name is taken, the declaration breaks a rule, or the service is being stopped.
    ///
    /// # Examples
    /// ```
    /// # fn example(handle: &periodic_runtime::Handle) -> Result<(), periodic_core::scheduler::ControlError> {
    /// use periodic_core::task::{Interval, Run, TaskName, TaskSpec};
    ///
    /// let spec = TaskSpec::new("device-17").every(Interval::from_secs(30));
    /// handle.add(TaskName::new("Fleet", "device-17")?, spec, |run: Run| async move {
    ///     run.progress("asking the device");
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn add<F, Fut>(&self, name: TaskName, mut spec: TaskSpec, task: F) -> Result<(), ControlError>
    where
        F: Fn(Run) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskOutput> + Send + 'static,
    {
        if spec.execution != Execution::Inline {
            spec.execution = Execution::Spawned;
        }
        self.add_task(name, spec, AddedTask::from_async(task))
    }

    /// Adds a plain task to this runner. It runs on the pool for blocking work, or inline if `spec` says so.
    ///
    /// # Errors
    /// When the name is taken, the declaration breaks a rule, or the service is being stopped.
    pub fn add_blocking<F, R>(&self, name: TaskName, mut spec: TaskSpec, task: F) -> Result<(), ControlError>
    where
        F: Fn(&Run) -> R + Send + Sync + 'static,
        R: TaskOutput,
    {
        if spec.execution != Execution::Inline {
            spec.execution = Execution::Blocking;
        }
        self.add_task(name, spec, AddedTask::from_plain(task))
    }

    /// Removes a task; an active run continues. The name is free at once.
    ///
    /// # Errors
    /// When the name is not known, or the service is being stopped.
    pub fn remove(&self, name: &str) -> Result<(), ControlError> {
        let removed = self.shared.visit(At::Now, |state, now| {
            let task = state.scheduler.task(name).cloned();
            let id = state.scheduler.remove(name, now)?;
            if let Ok(task) = task {
                state.outbox.publish(|| Event::Changed { task, change: ControlChange::Removed });
            }
            Ok(state.added.remove(&id))
        });
        let code = self.hinted(name, removed)?;
        // Not under the lock: values that the code holds may call this handle when they are dropped, or panic.
        drop_quietly(code);
        Ok(())
    }

    /// Returns the status of every task, in table order.
    ///
    /// The lock is held for 256 tasks at a time, so that with many tasks others start meanwhile: their statuses are of
    /// slightly different moments.
    pub fn status(&self) -> Vec<TaskStatus> {
        self.shared.status()
    }

    /// Returns the status of one task.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn status_of(&self, name: &str) -> Result<TaskStatus, ControlError> {
        let now = self.shared.now();
        self.hinted(name, self.shared.look(|state| state.scheduler.status_of(name, now)))
    }

    /// Sets a task's counters to zero. Its last records are kept.
    ///
    /// # Errors
    /// When the name is not known.
    pub fn reset_counters(&self, name: &str) -> Result<(), ControlError> {
        self.hinted(name, self.shared.visit(At::Now, |state, now| state.scheduler.reset_counters(name, now)))
    }

    /// Sets the counters of all tasks to zero.
    pub fn reset_all_counters(&self) {
        self.shared.visit_in_pages(|state, now, page| state.scheduler.reset_page(page, now));
    }

    /// Returns a watcher of the events from now on.
    pub fn watch(&self) -> Watcher {
        self.shared.visit(At::Now, |state, _| state.outbox.watch())
    }

    /// Returns the newest records of slots, oldest first. Slots skipped one after the other for the same reason are
    /// one record.
    pub fn records(&self) -> Vec<SlotRecord> {
        let (mut next, end) = self.shared.visit(At::Now, |state, _| state.records_so_far());
        self.shared.look_in_pages(|state, _| {
            let (records, after) = state.history.page(next, end)?;
            next = after;
            Some(records)
        })
    }

    /// Stops the runner gracefully. No run starts once this has returned, and the cancellation tokens of active runs
    /// are cancelled. The runner returns from its `run` when they have ended or were cancelled.
    pub fn stop(&self) {
        self.shared.stop.cancel();
        // Here, because a plain inline run may block the runner. A runner that has not begun finds itself stopped.
        self.shared.visit(At::Now, |state, now| {
            if state.started {
                state.stop(now);
            }
        });
    }

    /// Stops the runner, and cancels active runs at once.
    pub fn stop_now(&self) {
        self.stop();
        self.shared.kill.cancel();
    }

    fn change<T>(
        &self,
        name: &str,
        change: impl FnOnce(&T) -> ControlChange,
        call: impl FnOnce(&mut Scheduler, Now) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        let answer = self.shared.visit(At::Now, |state, now| {
            let answer = call(&mut state.scheduler, now)?;
            state.changed(name, change(&answer));
            Ok(answer)
        });
        self.hinted(name, answer)
    }

    /// Adds the name that may have been meant to the error of an unknown name. The search runs here, where no other
    /// call waits, and reads the names page by page, so that tasks start in between.
    fn hinted<T>(&self, name: &str, answer: Result<T, ControlError>) -> Result<T, ControlError> {
        answer.map_err(|error| match error {
            ControlError::Unknown { .. } if name.len() <= periodic_text::name::LONGEST => {
                let names = self.shared.look_in_pages(|state, page| state.scheduler.names(page));
                error.hinted(name, &names)
            }
            error => error,
        })
    }

    fn add_task(&self, name: TaskName, spec: TaskSpec, code: AddedTask) -> Result<(), ControlError> {
        // Kept outside, because refused code must not be dropped under the lock.
        let code = Arc::new(code);
        let task = Task::new(name, spec);
        let (name, warnings) = (task.name().clone(), task.warnings());
        let added = self.shared.visit(At::Now, |state, now| {
            let id = state.scheduler.add(task, now)?;
            state.added.insert(id, Arc::clone(&code));
            state.changed(name.as_str(), ControlChange::Added);
            Ok::<_, ControlError>(())
        });
        // The last of it, if it is refused.
        drop_quietly(code);
        added?;
        catch_subscriber(|| log::warnings(&warnings));
        Ok(())
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}
