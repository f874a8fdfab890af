use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use periodic_core::task::TaskError;
use tokio::runtime::Handle as Workers;
use tokio::sync::Notify;

use crate::Error;
use crate::catch_panic::catch_panic_async;
use crate::error::Reason;
use crate::owned::Owned;
use crate::runner::{Activity, Handle};
use crate::service::{Service, ServiceControl, ServiceStopped};

/// The result of a service, or the text of its panic.
type End = Result<Result<ServiceStopped, Error>, TaskError>;

/// An event of the services.
pub(super) enum ServiceEvent {
    /// The last service is up.
    AllUp,
    /// A service has ended.
    Ended(Result<ServiceStopped, Error>),
    /// No service runs any more.
    AllEnded,
}

/// The services that run. Dropping them ends them without grace.
pub(super) struct Services {
    workers: Workers,
    controls: Vec<ServiceControl>,
    running: Vec<Owned<End>>,
    starting: Arc<Starting>,
    /// The rounds of each service's scheduler at the last check.
    rounds: Vec<u64>,
}

/// The number of services that are not up yet.
#[derive(Default)]
struct Starting {
    left: AtomicUsize,
    all_up: Notify,
}

impl Services {
    pub(super) fn new(workers: Workers) -> Self {
        Self {
            workers,
            controls: Vec::new(),
            running: Vec::new(),
            starting: Arc::default(),
            rounds: Vec::new(),
        }
    }

    pub(super) fn start(&mut self, services: Vec<Service>, pulse: Option<Duration>) {
        self.starting.left.fetch_add(services.len(), Ordering::SeqCst);
        for service in services {
            let control = service.control();
            if let Some(pulse) = pulse {
                control.tasks().liveness().watch(pulse);
            }
            self.controls.push(control);
            self.rounds.push(0);
            let starting = Arc::clone(&self.starting);
            let up = move || {
                if starting.left.fetch_sub(1, Ordering::SeqCst) == 1 {
                    starting.all_up.notify_one();
                }
            };
            let run = service.run_told(std::future::pending(), up);
            self.running.push(Owned::spawn_on(catch_panic_async(run), &self.workers));
        }
    }

    /// Waits for the next event.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> ServiceEvent {
        tokio::select! {
            biased;
            () = self.starting.all_up.notified() => ServiceEvent::AllUp,
            event = ended(&mut self.running) => event,
        }
    }

    pub(super) fn stop(&self) {
        self.controls.iter().for_each(ServiceControl::stop);
    }

    /// Returns the longest grace time; `None` if one has no end.
    pub(super) fn grace(&self) -> Option<Duration> {
        self.handles().map(Handle::grace).try_fold(Duration::ZERO, |most, grace| Some(most.max(grace?)))
    }

    /// Whether the scheduler of each service has made a round since the last call.
    pub(super) fn is_alive(&mut self) -> bool {
        let mut alive = true;
        for (control, last) in self.controls.iter().zip(&mut self.rounds) {
            let rounds = control.tasks().liveness().beats();
            alive &= rounds != *last;
            *last = rounds;
        }
        alive
    }

    pub(super) fn controls(&self) -> Vec<ServiceControl> {
        self.controls.clone()
    }

    pub(super) fn handles(&self) -> impl Iterator<Item = &Handle> {
        self.controls.iter().map(ServiceControl::tasks)
    }

    /// Returns the activity of all services.
    pub(super) fn activity(&self) -> Activity {
        self.handles().map(Handle::activity).fold(Activity::default(), Activity::and)
    }

    /// Returns the names of the active runs.
    pub(super) fn going(&self) -> Vec<String> {
        let mut names = Vec::new();
        for handle in self.handles() {
            for run in handle.going() {
                names.push(run.task.name().to_string());
            }
        }
        names
    }
}

/// Waits for the end of any service.
async fn ended(running: &mut Vec<Owned<End>>) -> ServiceEvent {
    let end = poll_fn(|cx| {
        for (index, service) in running.iter_mut().enumerate() {
            if let Poll::Ready(end) = Pin::new(service).poll(cx) {
                running.swap_remove(index);
                return Poll::Ready(Some(end));
            }
        }
        if running.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    });
    match end.await {
        None => ServiceEvent::AllEnded,
        Some(Some(Ok(end))) => ServiceEvent::Ended(end),
        Some(Some(Err(panic))) => ServiceEvent::Ended(Err(Reason::Panicked(panic.to_string()).into())),
        // Only while its runtime shuts down.
        Some(None) => ServiceEvent::Ended(Err(Reason::Panicked("its task was cancelled".into()).into())),
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::manager::{Call, Collector, Given};
    use periodic_core::{PeriodicManager, Settings};

    use super::*;

    struct Manager;

    impl PeriodicManager for Manager {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            collector.manager("Manager");
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Manager", row)
        }
    }

    fn grace_of(seconds: &[u64]) -> Option<Duration> {
        let mut services = Services::new(Workers::current());
        let service = |seconds: &u64| {
            let grace = Duration::from_secs(*seconds);
            let settings = Settings::new().service(|options| options.graceful_shutdown_timeout = grace);
            Service::builder(Manager).settings(settings).build().unwrap()
        };
        services.start(seconds.iter().map(service).collect(), None);
        services.grace()
    }

    /// The process waits for its services for the longest grace time of all.
    #[tokio::test(start_paused = true)]
    async fn the_longest_grace_time_counts_and_zero_has_no_end() {
        assert_eq!(grace_of(&[]), Some(Duration::ZERO));
        assert_eq!(grace_of(&[30, 90, 60]), Some(Duration::from_secs(90)));
        assert_eq!(grace_of(&[30, 0, 60]), None);
    }
}
