use std::time::Duration;

use tokio::runtime::Handle as Workers;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tracing::{error, warn};

use super::Exit;
use super::listen::{SignalRequest, Signals};
use super::services::{ServiceEvent, Services};
use super::systemd::{Say, Systemd};
use crate::Error;
use crate::boxed::{BoxError, Boxed, chain};
use crate::catch_panic::{Silent, catch_panic_async, catch_subscriber, drop_quietly};
use crate::error::Reason;
use crate::owned::Owned;
use crate::service::{Service, ServiceStopped};

/// The time that the services may take for their stop beyond the grace time, before the process ends without them.
/// Services cut late runs themselves; only stalled threads reach this limit.
const SLACK: Duration = Duration::from_secs(10);

/// The shortest time between two status messages to systemd.
const STATUS: Duration = Duration::from_secs(5);

/// Creates a service, once the process listens for signals.
pub(super) type Make = Silent<Box<dyn FnOnce() -> Boxed<'static, Result<Service, BoxError>> + Send>>;

type Made = Result<Vec<Service>, BoxError>;

/// Leads the services of a process from start to end.
pub(super) struct Supervisor {
    pub(super) workers: Workers,
    pub(super) services: Services,
    pub(super) systemd: Systemd,
    pub(super) phase: Phase,
    pub(super) reloading: Option<Owned<()>>,
    failure: Option<Error>,
    /// The names of the parts that were cut at the stop.
    cut: Vec<String>,
    /// The last status that systemd received.
    told: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phase {
    Starting,
    Up,
    /// Until this time, if the stop has a limit.
    Stopping(Option<Instant>),
}

impl Supervisor {
    pub(super) fn new(workers: Workers) -> Self {
        Self {
            services: Services::new(workers.clone()),
            workers,
            systemd: Systemd::from_env(),
            phase: Phase::Starting,
            reloading: None,
            failure: None,
            cut: Vec::new(),
            told: String::new(),
        }
    }

    /// Creates the services and runs them until the process is to end.
    pub(super) async fn run(mut self, makes: Vec<Make>) -> Exit {
        if makes.is_empty() {
            return Exit::failed(Reason::NoService);
        }
        let mut signals = match Signals::listen() {
            Ok(signals) => signals,
            Err(error) => return Exit::failed(Reason::Signals(error)),
        };
        let mut making = Owned::spawn_on(make(makes), &self.workers);
        let services = tokio::select! {
            SignalRequest::Stop(_) = signals.next(false) => return self.end(),
            made = &mut making => match made.unwrap_or_else(|| Ok(Vec::new())) {
                Ok(services) => services,
                Err(cause) => return Exit::failed(Reason::Make(cause)),
            },
        };
        let watchdog = self.systemd.watchdog();
        self.services.start(services, watchdog.map(|time| time / 4));
        let mut status = every(self.systemd.listens().then_some(STATUS));
        let mut watch = every(watchdog.map(|time| time / 2));
        loop {
            let may_reload = self.phase == Phase::Up && self.reloading.is_none();
            tokio::select! {
                biased;
                request = signals.next(may_reload) => if let Some(exit) = self.on_signal(request) {
                    return exit;
                },
                event = self.services.next() => match event {
                    ServiceEvent::AllUp => self.up(),
                    ServiceEvent::Ended(end) => self.ended(end),
                    ServiceEvent::AllEnded => return self.end(),
                },
                () = reloaded(&mut self.reloading) => {
                    self.reloading = None;
                    self.systemd.say(Say::Ready);
                }
                () = over(self.phase) => return self.end_without_them(),
                () = tick(&mut status) => self.tell_status(),
                () = tick(&mut watch) => {
                    // During a stop only the grace time decides.
                    let stopping = matches!(self.phase, Phase::Stopping(_));
                    if self.services.is_alive() || stopping {
                        self.systemd.say(Say::Alive);
                    } else if self.phase == Phase::Up {
                        catch_subscriber(
                            || warn!("a scheduler does not respond; systemd's watchdog is not notified"),
                        );
                    }
                }
            }
        }
    }

    fn up(&mut self) {
        if self.phase != Phase::Starting {
            return;
        }
        self.phase = Phase::Up;
        self.systemd.say(Say::Ready);
        self.tell_status();
    }

    /// Asks the services to stop within their grace time.
    pub(super) fn stop(&mut self) {
        if !matches!(self.phase, Phase::Stopping(_)) {
            let most = self.services.grace().map(|grace| grace.saturating_add(SLACK));
            self.phase = Phase::Stopping(most.and_then(|most| Instant::now().checked_add(most)));
            self.reloading = None;
            self.systemd.say(Say::Stopping);
            self.tell_status();
            self.services.stop();
        }
    }

    fn ended(&mut self, end: Result<ServiceStopped, Error>) {
        match end {
            Ok(stopped) => {
                self.cut.extend(stopped.runs().cut().iter().map(ToString::to_string));
                self.cut.extend_from_slice(stopped.overdue());
            }
            Err(error) => {
                let text = chain(&error);
                catch_subscriber(|| {
                    error!(error = text, "a service ended by an error; the others are stopped");
                });
                // A cause is the user's, and may panic when it is dropped.
                match &self.failure {
                    None => self.failure = Some(error),
                    Some(_) => drop_quietly(error),
                }
            }
        }
        self.stop();
    }

    fn tell_status(&mut self) {
        let mut status = self.services.activity().to_string();
        if matches!(self.phase, Phase::Stopping(_)) {
            status = format!("stopping; {status}");
        }
        // Even with the same status, a state may be unsent.
        self.systemd.catch_up();
        if status != self.told && self.systemd.say(Say::Status(&status)) {
            self.told = status;
        }
    }

    fn end(self) -> Exit {
        let exit = match self.failure {
            Some(error) => Exit::Failed(error),
            None if self.cut.is_empty() => Exit::Stopped,
            None => Exit::Cut(self.cut),
        };
        exit.logged()
    }

    fn end_without_them(mut self) -> Exit {
        let going = self.services.going();
        let names = going.join(", ");
        catch_subscriber(|| error!(going = names, "the services did not stop in time; the process ends"));
        self.cut.extend(going);
        if self.cut.is_empty() {
            self.cut.push("a service that does not respond".into());
        }
        self.end()
    }
}

/// Creates all services before any of them starts, so the settings of each are checked by then.
async fn make(makes: Vec<Make>) -> Made {
    let mut services = Vec::new();
    for make in makes.into_iter().filter_map(|mut make| make.take()) {
        // Called inside the future, because the closure may panic too.
        match catch_panic_async(async { make().await }).await {
            Ok(made) => services.push(made?),
            Err(panic) => return Err(format!("it panicked: {panic}").into()),
        }
    }
    Ok(services)
}

fn every(period: Option<Duration>) -> Option<Interval> {
    period.map(|period| {
        let mut ticks = interval_at(Instant::now() + period, period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    })
}

async fn tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => drop(ticks.tick().await),
        None => std::future::pending().await,
    }
}

async fn reloaded(reload: &mut Option<Owned<()>>) {
    match reload {
        Some(reload) => drop(reload.await),
        None => std::future::pending().await,
    }
}

async fn over(phase: Phase) {
    match phase {
        Phase::Stopping(Some(until)) => tokio::time::sleep_until(until).await,
        _ => std::future::pending().await,
    }
}
