use std::num::NonZeroUsize;

use tokio::runtime::{Builder, Handle};

use super::Exit;
use super::supervisor::{Make, Supervisor};
use crate::boxed::BoxError;
use crate::catch_panic::Silent;
use crate::error::Reason;
use crate::service::Service;

/// Runs services as a process. A daemon's `main` returns [`Launcher::run`].
///
/// | event | effect |
/// | --- | --- |
/// | SIGTERM, SIGINT | a graceful stop, within `graceful_shutdown_timeout` (60 s unless set, 0 for no end) |
/// | a second SIGTERM or SIGINT | the process ends at once; an equal one within a second of the first is ignored |
/// | SIGHUP | settings are read again and put in force in all services, or in none; then [`Hooks::reset`] |
/// | a service ends | the others are stopped, and the process ends |
///
/// The result is an [`Exit`], which `main` returns; its docs list the codes. Blocking work that cannot be ended does
/// not hold the process.
///
/// Services are created in order, before any of them starts; then they start side by side. A service that cannot be
/// created or started stops the others.
///
/// If systemd started the process, it receives a message when all services are up, reload or stop. The active runs are
/// its status. Its watchdog is fed while each service's scheduler makes progress. An `inline` task that holds the
/// scheduler longer than the watchdog's time counts as hanging.
///
/// On systems other than Unix, Ctrl-C stops the process, and no signal reloads.
///
/// # Examples
/// ```no_run
/// # use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
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
    /// Creates a launcher without services.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the service that `make` creates.
    pub fn service<F, Fut>(mut self, make: F) -> Self
    where
        F: FnOnce() -> Fut + Send + 'static,
        Fut: Future<Output = Result<Service, BoxError>> + Send + 'static,
    {
        self.makes.push(Silent::new(Box::new(|| Box::pin(make()))));
        self
    }

    /// Sets the number of threads for async work; by default one per processor. No effect on [`launch`](Self::launch).
    pub fn workers(mut self, threads: NonZeroUsize) -> Self {
        self.workers = Some(threads);
        self
    }

    /// Runs the services until the process is to end. Call it from `main`, outside any runtime.
    ///
    /// Creates a tokio runtime for the services, and keeps this thread for itself. Even if blocking async code stalls
    /// all threads of the services, signals are still handled, and systemd's watchdog is no longer fed.
    ///
    /// Inside a tokio runtime, such as that of `#[tokio::main]`, it runs nothing and fails with
    /// [`ErrorKind::Launch`](crate::ErrorKind::Launch); use [`launch`](Self::launch) there.
    pub fn run(self) -> Exit {
        // `block_on` would panic, with a message that names neither the launcher nor `launch`.
        if Handle::try_current().is_ok() {
            return Exit::failed(Reason::InsideRuntime);
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
            Err(error) => return Exit::failed(Reason::Runtime(error)),
        };
        let exit = own.block_on(Supervisor::new(workers.handle().clone()).run(self.makes));
        // `shutdown_background` does not wait for blocking work that cannot be ended.
        workers.shutdown_background();
        exit
    }

    /// Runs the services like [`run`](Self::run), inside an existing runtime such as that of `#[tokio::main]`.
    ///
    /// Two things differ. The runtime of the services also handles the signals, so code that stalls it delays them. A
    /// runtime that is dropped waits for its blocking work, so a blocking task that hangs holds the end of the process.
    ///
    /// # Panics
    /// When it is polled outside a tokio runtime, or in one whose time or I/O is not enabled, as all of tokio does.
    ///
    /// # Cancel safety
    /// Dropping the future stops without grace, as in [`Service::run_until`].
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
