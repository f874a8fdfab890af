use std::pin::pin;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use periodic_core::pass::{Pass, PassRun, RunEnd};
use periodic_core::settings::RunSpans;
use periodic_core::task::{Ended, Execution};
use periodic_core::time::Clock;
use periodic_core::{PassError, PeriodicManager, PeriodicTasks, RaiseOnError};
use tokio::task::JoinSet;

use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::quiet_span::QuietSpan;
use crate::runner::events::in_span::InSpan;
use crate::runner::events::repeats::Repeats;
use crate::runner::events::{log, span};

/// Runs all due tasks side by side, waits until they have ended, and returns the time until the next task is due:
/// exactly, but at most 60 s.
///
/// This is `run_periodic_tasks_in_parallel` of `oslo.service`, without its pool of processes. Async tasks are spawned
/// on the runtime, and plain ones run on its pool for blocking work. `inline` tasks run inside the pass and delay it.
/// All of them share the one manager. Each outcome is logged when it comes. Everything else, including `timeout` and
/// `retry`, is as in [`PeriodicTasks::run_periodic_tasks`], and the two kinds of pass may alternate.
///
/// With a [`Runner`](crate::Runner), no task waits for the slowest one.
///
/// # Errors
/// With [`RaiseOnError::Yes`], when a task failed and is not retried. Returns the error of the first to end, after all
/// have ended.
///
/// # Panics
/// When it is polled outside a tokio runtime.
///
/// # Cancel safety
/// Dropping the future cancels the active runs, and records each of their slots as cancelled. Blocking work continues
/// with its token cancelled; until it returns, its task's slots are overlaps.
///
/// # Examples
/// ```
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
/// # use periodic_core::task::{Ended, Next, TaskSpec};
/// # struct Manager;
/// # impl PeriodicManager for Manager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("Manager");
/// #         const TASKS: [TaskSpec; 2] = [
/// #             TaskSpec::new("one").run_immediately(),
/// #             TaskSpec::new("two").run_immediately(),
/// #         ];
/// #         collector.tasks(&TASKS);
/// #     }
/// #     fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::pending(async {
/// #             tokio::time::sleep(std::time::Duration::from_secs(20)).await;
/// #             Ended::Ok(Next::OnSchedule)
/// #         })
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::sync::Arc;
/// use std::time::Duration;
/// use periodic_core::{PeriodicTasks, RaiseOnError, Settings};
/// use periodic_runtime::{SystemClock, run_periodic_tasks_in_parallel};
///
/// // Two tasks of 20 s, each 60 s.
/// let mut tasks = PeriodicTasks::new(Manager, SystemClock::new(), &Settings::default())?;
/// let idle = run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::No).await?;
/// assert_eq!(idle.as_secs_f64().round(), 40.0);
/// # Ok(())
/// # }
/// ```
pub async fn run_periodic_tasks_in_parallel<M, C>(
    tasks: &mut PeriodicTasks<M, C>,
    context: Arc<M::Context>,
    raise_on_error: RaiseOnError,
) -> Result<Duration, PassError>
where
    M: PeriodicManager<Owner = ()>,
    C: Clock,
{
    let mut told = Told { pass: tasks.begin_pass(), records: 0, first_error: None };
    // Dropped before the pass, which then records the cancelled runs.
    let mut runs = JoinSet::new();
    while let Some(run) = told.pass.start_next() {
        let (mut run_span, context) = (span::begin(run.start(), RunSpans::default()), Arc::clone(&context));
        match run.start().task.spec().execution {
            Execution::Inline => {
                let end = in_span(run, &context, run_span).await;
                told.ended(end);
            }
            Execution::Blocking => {
                runs.spawn_blocking(move || {
                    let end = run_span.in_scope(|| run.run_blocking(&context));
                    // Only a pass that is dropped cancels its runs, and records them so.
                    let is_cancelled = end.start().cancellation.is_cancelled();
                    span::end(&mut run_span, if is_cancelled { &Ended::Cancelled } else { end.ended() });
                    end
                });
            }
            _ => {
                runs.spawn(async move { in_span(run, &context, run_span).await });
            }
        }
    }
    while let Some(joined) = runs.join_next().await {
        match joined {
            Ok(end) => told.ended(end),
            // The pass records runs that the runtime cut as cancelled when it ends. A panic's payload may panic when it
            // is dropped.
            Err(error) => drop(catch_panic(|| drop(error))),
        }
    }
    // Slots may have been skipped without a run.
    told.tell();
    match (told.first_error, raise_on_error) {
        (Some(error), RaiseOnError::Yes) => Err(error),
        _ => Ok(told.pass.idle()),
    }
}

/// Runs the task in a span that ends with the run.
async fn in_span<M: PeriodicManager<Owner = ()>, C: Clock>(
    run: PassRun<M, C>,
    context: &M::Context,
    mut span: QuietSpan,
) -> RunEnd<M, C> {
    let end = {
        let code = pin!(Some(run.run(context)));
        let mut code = InSpan::new(&span, code);
        let end = (&mut code).await;
        // The code has ended, and holds nothing of the user's any more.
        let _ = code.end();
        end
    };
    span::end(&mut span, end.ended());
    end
}

/// The lines that passes logged recently. One for the process, because a pass keeps no state but its tasks.
static REPEATS: LazyLock<Repeats> = LazyLock::new(Repeats::default);

/// A pass whose outcomes are logged.
struct Told<'a, M: PeriodicManager<Owner = ()>, C: Clock> {
    pass: Pass<'a, M, C>,
    /// The number of its records that are logged.
    records: usize,
    first_error: Option<PassError>,
}

impl<M: PeriodicManager<Owner = ()>, C: Clock> Told<'_, M, C> {
    fn ended(&mut self, end: RunEnd<M, C>) {
        match self.pass.ended(end) {
            Ok(Some(retrying)) => catch_subscriber(|| log::retries(&retrying, &REPEATS)),
            Ok(None) => {}
            Err(error) => drop(self.first_error.get_or_insert(error)),
        }
        self.tell();
    }

    fn tell(&mut self) {
        if let Some(set_back) = self.pass.take_clock_set_back() {
            catch_subscriber(|| log::clock_set_back(&set_back));
        }
        let records = self.pass.records();
        for record in &records[self.records..] {
            catch_subscriber(|| log::outcome(record, &REPEATS));
        }
        self.records = records.len();
    }
}
