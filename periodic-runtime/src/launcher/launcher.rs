use std::num::NonZeroUsize;

use tokio::runtime::{Builder, Handle};

use super::supervisor::{Make, Supervisor};
use super::{Exit, LaunchError};
use crate::boxed::BoxError;
use crate::service::Service;

/// Runs services as a process: what a daemon's `main` returns.
///
/// | what comes | what happens |
/// | --- | --- |
/// | SIGTERM, SIGINT | a graceful stop, within `graceful_shutdown_timeout` (60 s unless set, 0 for no end) |
/// | a second one | the process ends at once; one of the same kind within a second of the first is the same |
/// | SIGHUP | settings are read anew and put in force in all services, or in none; then [`Hooks::reset`] |
/// | a service ends | the others are stopped, and the process ends |
///
/// How the process ends is an [`Exit`], which `main` returns; its docs list the codes. Blocking work that cannot be
/// ended does not hold the process.
///
/// Services are made one after the other, in their order, before any of them starts; then they start side by side. A
/// service that cannot be made or started stops the others.
///
/// Where systemd has started the process, it is told when all services are up, when they reload and stop, and what
/// runs now; and its watchdog is fed as long as each service's scheduler goes round. An `inline` task that holds the
/// scheduler longer than the watchdog waits is taken for a hanging one.
///
/// On systems other than Unix a Ctrl-C stops, and nothing reloads.
///
/// # Examples
/// ```no_run
/// # use periodic_core::manager::{Call, Given, PeriodicManager};
/// # use periodic_core::table::Collector;
/// # struct ComputeManager;
/// # impl ComputeManager {
/// #     fn open() -> std::io::Result<Self> {
/// #         Ok(Self)
/// #     }
/// # }
/// # impl PeriodicManager for ComputeManager {
/// #     type Context = ();
/// #     type Owner = ();
/// #     fn collect(&self, collector: &mut Collector) {
/// #         collector.manager("ComputeManager");
/// #     }
/// #     fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
/// #         Call::unknown_row("ComputeManager", row)
/// #     }
/// # }
/// use periodic_runtime::{Exit, Launcher, Service};
///
/// fn main() -> Exit {
///     Launcher::new().service(|| async { Ok(Service::builder(ComputeManager::open()?).build()?) }).run()
/// }
/// ```
///
/// [`Hooks::reset`]: crate::service::Hooks::reset
#[derive(Default)]
#[must_use = "a launcher does nothing until `run` is called"]
pub struct Launcher {
    makes: Vec<Make>,
    workers: Option<NonZeroUsize>,
}

impl Launcher {
    /// A launcher of no services yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs the service that `make` makes.
    pub fn service<F, Fut>(mut self, make: F) -> Self
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = Result<Service, BoxError>> + Send + 'static,
    {
        self.makes.push(Box::new(|| Box::pin(make())));
        self
    }

    /// How many threads run async work: one for each processor by default. [`launch`](Self::launch) has no use for it.
    pub fn workers(mut self, threads: NonZeroUsize) -> Self {
        self.workers = Some(threads);
        self
    }

    /// Runs the services until the process is to end. Call it from `main`, outside any runtime.
    ///
    /// It makes a tokio runtime for the services, and keeps this thread for itself: so signals are heard, and systemd's
    /// watchdog starves, also where async code that blocks has stalled all of the services' threads.
    ///
    /// Inside a tokio runtime, such as that of `#[tokio::main]`, it runs nothing and fails with
    /// [`LaunchError::InsideRuntime`]; there use [`launch`](Self::launch).
    pub fn run(self) -> Exit {
        // `block_on` would panic, and name neither the launcher nor the way out.
        if Handle::try_current().is_ok() {
            return Exit::failed(LaunchError::InsideRuntime);
        }
        let mut workers = Builder::new_multi_thread();
        workers.enable_all().thread_name("periodic-worker");
        if let Some(threads) = self.workers {
            workers.worker_threads(threads.get());
        }
        let runtimes =
            Builder::new_current_thread().enable_all().build().and_then(|own| Ok((own, workers.build()?)));
        let (own, workers) = match runtimes {
            Ok(runtimes) => runtimes,
            Err(error) => return Exit::failed(LaunchError::Runtime(error)),
        };
        let exit = own.block_on(Supervisor::new(workers.handle().clone()).run(self.makes));
        // Does not wait for blocking work that cannot be ended.
        workers.shutdown_background();
        exit
    }

    /// As [`run`](Self::run), inside a runtime that is there already, such as that of `#[tokio::main]`.
    ///
    /// Two things differ. Signals are heard by the runtime that also runs the services, so code that stalls it stalls
    /// them. And a runtime that is dropped waits for its blocking work, so a blocking task that hangs holds the end of
    /// the process.
    ///
    /// # Panics
    /// When it is polled outside a tokio runtime, or in one whose time or I/O is not enabled, as all of tokio does.
    ///
    /// # Cancel safety
    /// Dropping the future stops without grace, as of [`Service::run_until`].
    pub async fn launch(self) -> Exit {
        Supervisor::new(Handle::current()).run(self.makes).await
    }
}

impl std::fmt::Debug for Launcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Launcher")
            .field("services", &self.makes.len())
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}
