use std::pin::pin;
use std::time::Duration;

use tracing::{debug, error, info, warn};

use super::start::Started;
use super::time_budget::TimeBudget;
use super::{Service, ServiceStopped, down_time, fuzzy, hanging};
use crate::Error;
use crate::catch_panic::catch_subscriber;
use crate::error::Reason;
use crate::owned::Owned;
use crate::runner::{Handle, Runner, Stopped};

/// The time that a runner may take for its stop beyond the grace time, before the stop continues without it. Cutting
/// runs takes a second where one blocks its thread. A plain inline run that never returns holds the runner for ever.
const CUTTING: Duration = Duration::from_secs(3);

impl Service {
    /// Starts the service, runs it until `shutdown` is ready or the service is asked to stop, and stops it gracefully.
    ///
    /// A stop during the start drops the current step, and takes back the steps before. The grace time is the settings'
    /// `graceful_shutdown_timeout`, for the whole stop; each part of the stop has at least a second. Leaving the
    /// membership may take the down time at most, even if the grace time has no end.
    ///
    /// # Errors
    /// When a step of the start fails, or an endpoint ends by itself. By then everything that was started has been
    /// stopped.
    ///
    /// # Panics
    /// When it is polled outside a tokio runtime, or in one whose time is not enabled, as all of tokio does.
    ///
    /// # Cancel safety
    /// Dropping the future stops without grace: async runs, endpoints and hooks are cancelled where they wait, and the
    /// membership is not left.
    pub async fn run_until(self, shutdown: impl Future<Output = ()>) -> Result<ServiceStopped, Error> {
        self.run_told(shutdown, || {}).await
    }

    /// Runs the service until its [`ServiceControl`](super::ServiceControl) or [`Handle`] stops it.
    ///
    /// # Errors
    /// See [`run_until`](Self::run_until).
    ///
    /// # Cancel safety
    /// See [`run_until`](Self::run_until).
    pub async fn run(self) -> Result<ServiceStopped, Error> {
        self.run_until(std::future::pending()).await
    }

    /// Runs the service like [`run_until`](Self::run_until), and calls `up` once it is up.
    pub(crate) async fn run_told(
        self,
        shutdown: impl Future<Output = ()>,
        up: impl FnOnce(),
    ) -> Result<ServiceStopped, Error> {
        let Self { runner, state, endpoints, seed } = self;
        let handle = state.handle.clone();
        let mut shutdown = pin!(async {
            tokio::select! {
                () = shutdown => {}
                () = handle.stopping().cancelled() => {}
            }
        });
        catch_subscriber(|| options(&handle));
        let mut started = Started::nothing(state, endpoints);
        let start = tokio::select! {
            biased;
            () = &mut shutdown => {
                let service = &started.state.identity;
                catch_subscriber(|| info!(%service, "the service was stopped during its start"));
                let overdue = started.take_back(&budget(&handle)).await;
                return Ok(ServiceStopped::new(Stopped::default(), overdue));
            }
            end = started.start() => end,
        };
        if let Err(error) = start {
            let _ = started.take_back(&budget(&handle)).await;
            return Err(error);
        }
        up();
        let delay = fuzzy::draw(handle.options().periodic_fuzzy_delay, seed);
        let (runs, failure, budget) = serve(&mut started, runner, delay, &handle, shutdown).await;
        let overdue = started.take_back(&budget).await;
        let stopped = ServiceStopped::new(runs, overdue);
        let service = &started.state.identity;
        catch_subscriber(|| info!(%service, "the service has stopped: {stopped}"));
        failure.map_or(Ok(stopped), Err)
    }
}

/// Runs the periodic tasks until the service is to stop, and stops them. The rest of the stop has the time that is
/// left.
async fn serve<'a>(
    started: &mut Started,
    runner: Runner,
    delay: Duration,
    handle: &'a Handle,
    shutdown: impl Future<Output = ()>,
) -> (Stopped, Option<Error>, TimeBudget<'a>) {
    // In a task of its own: a plain inline run holds the runner, and must not hold the stop.
    let mut running = Owned::spawn(periodic(runner, handle.clone(), delay));
    let _watch = Owned::spawn(hanging::watch(handle.clone()));
    let (mut runs, mut failure) = (None, None);
    tokio::select! {
        biased;
        () = shutdown => {}
        (endpoint, cause) = started.endpoints.ended() => {
            let service = started.state.identity.to_string();
            catch_subscriber(|| error!(service, endpoint, "an endpoint ended by itself; the service stops"));
            failure = Some(Reason::Endpoint { service, endpoint, cause }.into());
        }
        // The runner ends unasked only by a panic, which is resumed here: a service without its tasks must not look
        // alive.
        end = &mut running => runs = end,
    }
    handle.stop();
    let budget = budget(handle);
    let runs = match runs {
        Some(runs) => runs,
        None => stopped(&mut running, &budget, handle).await,
    };
    (runs, failure, budget)
}

fn budget(handle: &Handle) -> TimeBudget<'_> {
    TimeBudget::from_now(handle.grace(), handle.hurrying())
}

/// Logs the options and an adjusted down time, once at the start.
fn options(handle: &Handle) {
    let options = handle.options();
    if options.log_options {
        for (option, value) in options.entries() {
            debug!("{option} = {value}");
        }
    }
    let down_time = down_time(&options);
    if down_time != options.service_down_time {
        warn!(
            "`service_down_time` ({:?}) is not longer than `report_interval` ({:?}); {down_time:?} is used",
            options.service_down_time, options.report_interval
        );
    }
}

async fn periodic(runner: Runner, handle: Handle, delay: Duration) -> Stopped {
    if !delay.is_zero() {
        catch_subscriber(|| debug!(?delay, "the periodic tasks start after the fuzzy delay"));
        fuzzy::wait(delay, &handle).await;
    }
    runner.run().await
}

/// Waits for the runner's stop, but no longer than `bound` and `CUTTING`.
async fn stopped(running: &mut Owned<Stopped>, budget: &TimeBudget<'_>, handle: &Handle) -> Stopped {
    let given_up = async {
        budget.over().await;
        tokio::time::sleep(CUTTING).await;
    };
    tokio::select! {
        biased;
        // `None` only while the runtime shuts down; then the result is not read.
        end = running => end.unwrap_or_default(),
        () = given_up => {
            let going: Vec<_> = handle.going().iter().map(|run| run.task.name().clone()).collect();
            catch_subscriber(|| warn!("an inline run blocks the runner; giving up waiting"));
            Stopped::given_up(handle.status(), going)
        }
    }
}
