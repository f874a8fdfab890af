use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use periodic_core::scheduler::TaskStatus;
use periodic_core::task::{Outcome, TaskName};
use tracing::{info, warn};

use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::runner::Runner;
use crate::runner::events::log;
use crate::runner::events::watch::Ends;
use crate::runner::execute::runs::Runs;
use crate::runner::state::shared::At;

/// The longest wait for aborted runs. A run that blocks its thread never notices.
const ABORT_WAIT: Duration = Duration::from_secs(1);

/// How a runner stopped.
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), periodic_runtime::Error> {
/// use std::time::Duration;
/// use periodic_runtime::Runner;
///
/// // A run takes three seconds; the stop comes after one, and waits for one.
/// let runner = Runner::builder(Manager).grace(Duration::from_secs(1)).build()?;
/// let stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(1))).await;
/// assert_eq!(stopped.to_string(), "runs were cut: Manager.poll");
/// assert!(!stopped.is_clean() && stopped.stuck().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "it lists the runs that were cut"]
pub struct Stopped {
    status: Vec<TaskStatus>,
    cut: Vec<TaskName>,
    stuck: Vec<TaskName>,
}

impl Stopped {
    pub(crate) fn given_up(status: Vec<TaskStatus>, stuck: Vec<TaskName>) -> Self {
        Self { status, cut: stuck.clone(), stuck }
    }

    /// Returns the status of every task when the stop began, next slots included.
    pub fn status(&self) -> &[TaskStatus] {
        &self.status
    }

    /// Returns the tasks whose runs had not ended when the grace time was over, and were cancelled.
    pub fn cut(&self) -> &[TaskName] {
        &self.cut
    }

    /// Returns those of them that cannot be cancelled and still run: blocking work, which ends with the process.
    ///
    /// A tokio runtime waits for them when it is dropped. To avoid the wait, the program exits instead, or calls
    /// `shutdown_background` on the runtime.
    pub fn stuck(&self) -> &[TaskName] {
        &self.stuck
    }

    /// Whether every run ended in time.
    pub fn is_clean(&self) -> bool {
        self.cut.is_empty()
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.cut.split_first() else { return f.write_str("all runs have ended") };
        write!(f, "runs were cut: {first}")?;
        others.iter().try_for_each(|task| write!(f, ", {task}"))?;
        if self.stuck.is_empty() { Ok(()) } else { write!(f, "; still running: {}", self.stuck.len()) }
    }
}

impl Runner {
    /// Runs until `shutdown` is ready or a [`Handle`](crate::Handle) stops it, then stops gracefully.
    ///
    /// The cancellation tokens of active runs are cancelled, and the grace time begins. After it, async runs are
    /// cancelled; blocking ones are recorded as cancelled and continue until the process ends.
    ///
    /// # Panics
    /// When it is polled outside a tokio runtime, or in one without time enabled, as for all of tokio. With precise
    /// timers, also in one without I/O enabled.
    ///
    /// # Cancel safety
    /// Dropping the future stops without grace: async runs are cancelled.
    pub async fn run_until(self, shutdown: impl Future<Output = ()>) -> Stopped {
        self.run_with(shutdown, std::future::pending()).await
    }

    /// Runs until a [`Handle`](crate::Handle) stops it.
    ///
    /// # Cancel safety
    /// As of [`run_until`](Self::run_until).
    pub async fn run(self) -> Stopped {
        self.run_until(std::future::pending()).await
    }

    /// Runs until `shutdown` is ready, then stops; `hurry` ends the grace time at once.
    pub(in crate::runner) async fn run_with(
        self,
        shutdown: impl Future<Output = ()>,
        hurry: impl Future<Output = ()>,
    ) -> Stopped {
        let is_stopped = self.shared.stop.is_cancelled();
        let (tasks, node, start) = self.shared.visit(At::Now, |state, now| {
            state.outbox.is_served = true;
            // If a handle has stopped it already, the tasks do not begin, and have no slots.
            if !is_stopped {
                state.started = true;
                state.scheduler.driver().begin_grids(now);
            }
            (state.scheduler.tasks(), state.scheduler.node().to_owned(), now.wall)
        });
        if !is_stopped {
            catch_subscriber(|| log::table(&self.table, tasks));
            catch_subscriber(|| log::notes(&self.table.notes(&node, start)));
        }
        let mut runs = Runs::new(Arc::clone(&self.shared), Arc::clone(&self.managers));
        let (status, cut);
        {
            let mut serve = pin!(self.serve(&mut runs));
            let served = tokio::select! {
                biased;
                () = shutdown => false,
                () = self.shared.stop.cancelled() => false,
                // A handle has stopped the scheduler meanwhile, and no run was active.
                () = &mut serve => true,
            };
            let (before, going, grace) = self.shared.visit(At::Now, |state, now| {
                state.stop(now);
                (std::mem::take(&mut state.last_status), state.scheduler.running(), state.grace())
            });
            status = before;
            let told = grace.map(log::RoundedDuration).map(tracing::field::display);
            catch_subscriber(|| info!(going, grace = told, "periodic tasks are being stopped"));
            let ended = served
                || tokio::select! {
                    biased;
                    () = &mut serve => true,
                    () = over(grace) => false,
                    () = hurry => false,
                    () = self.shared.kill.cancelled() => false,
                };
            // Before the serving loop is dropped, which drops the active inline run.
            cut = if ended { Vec::new() } else { self.going() };
        }
        let stuck = self.cut(&mut runs).await;
        self.shared.log_repeats();
        Stopped { status, cut, stuck }
    }

    /// Ends the active runs, and returns the tasks of those that cannot be ended.
    async fn cut(&self, runs: &mut Runs) -> Vec<TaskName> {
        // Queued blocking work is dropped here; blocking work that has begun cannot be ended.
        let _ = tokio::time::timeout(ABORT_WAIT, runs.abort_all()).await;
        let stuck = self.going();
        self.shared.visit(At::Now, |state, now| {
            state.scheduler.driver().abandon_all(&Outcome::Cancelled, now);
            state.is_given_up = true;
            state.outbox.end(Ends::Now);
        });
        for task in &stuck {
            let (manager, task) = (task.manager(), task.task());
            catch_subscriber(
                || warn!(parent: None, manager, task, "a run cannot be cancelled; it ends with the process"),
            );
        }
        stuck
    }

    fn going(&self) -> Vec<TaskName> {
        let mut going = Vec::new();
        for task in self.shared.status() {
            going.extend(task.going.iter().map(|_| task.name().clone()));
        }
        going
    }
}

/// Stops the scheduler, so that a handle does not control a dropped runner. The code of added tasks is dropped too: it
/// may hold a handle, which holds the code.
impl Drop for Runner {
    fn drop(&mut self) {
        let code = self.shared.visit(At::Now, |state, now| {
            state.stop(now);
            state.outbox.is_served = false;
            state.outbox.end(Ends::WithTheLastRun);
            std::mem::take(&mut state.added)
        });
        self.shared.log_repeats();
        // Not under the lock: values that the code holds may call a handle when they are dropped, or panic.
        for code in code {
            let _ = catch_panic(|| drop(code));
        }
    }
}

async fn over(grace: Option<Duration>) {
    match grace {
        Some(grace) => tokio::time::sleep(grace).await,
        None => std::future::pending().await,
    }
}
