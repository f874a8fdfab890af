//! A service of which everything writes down when it is called, and may be told to fail or to hang.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::service::{HookResult, Hooks, Registry, RegistryError, ServiceIdentity};
use periodic::settings::ServiceOptions;
use periodic::{Service, ServiceBuilder, Settings, periodic_manager, periodic_task};
use tokio::time::Instant;

/// The failure of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    Fails,
    Panics,
    Hangs,
    /// Hangs, and panics when it is cut.
    HangsBadly,
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("cut");
    }
}

/// The events, each with its time in seconds after the beginning.
#[derive(Clone)]
pub(crate) struct Scene {
    begun: Instant,
    lines: Arc<Mutex<Vec<(String, u64)>>>,
    faults: Arc<Mutex<Vec<(&'static str, Fault)>>>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), lines: Arc::default(), faults: Arc::default() }
    }

    pub(crate) fn note(&self, line: impl Into<String>) {
        self.lines.lock().unwrap().push((line.into(), self.begun.elapsed().as_secs()));
    }

    /// Lets a part go wrong from now on.
    pub(crate) fn break_down(&self, part: &'static str, fault: Fault) {
        self.faults.lock().unwrap().push((part, fault));
    }

    /// Lets all parts go well from now on.
    pub(crate) fn mend(&self) {
        self.faults.lock().unwrap().clear();
    }

    /// The events, in order.
    pub(crate) fn order(&self) -> Vec<String> {
        self.lines.lock().unwrap().iter().map(|(line, _)| line.clone()).collect()
    }

    /// When it happened.
    pub(crate) fn times(&self, line: &str) -> Vec<u64> {
        self.lines.lock().unwrap().iter().filter(|(one, _)| one == line).map(|(_, at)| *at).collect()
    }

    pub(crate) fn seconds(&self) -> u64 {
        self.begun.elapsed().as_secs()
    }

    async fn part(&self, name: &'static str) -> Result<(), String> {
        self.note(name);
        let faults = self.faults.lock().unwrap().clone();
        match faults.iter().find(|(part, _)| *part == name) {
            None => Ok(()),
            Some((_, Fault::Fails)) => Err(format!("{name} was told to fail")),
            Some((_, Fault::Panics)) => panic!("{name} was told to panic"),
            Some((_, Fault::Hangs)) => std::future::pending().await,
            Some((_, Fault::HangsBadly)) => {
                let _bomb = Bomb;
                std::future::pending().await
            }
        }
    }

    /// A service of which this scene sees everything, without fuzzy delay, its tasks each 10 s.
    pub(crate) fn service(&self) -> ServiceBuilder {
        self.service_with(|_| {})
    }

    pub(crate) fn service_with(&self, change: impl FnOnce(&mut ServiceOptions)) -> ServiceBuilder {
        let settings = Settings::new().service(|options| {
            options.periodic_fuzzy_delay = Duration::ZERO;
            change(options);
        });
        let (first, second) = (self.clone(), self.clone());
        Service::builder(Worker(self.clone()))
            .host("node-1")
            .binary("test-worker")
            .settings(settings)
            .hooks(self.clone())
            .registry(self.clone())
            .endpoint("first", |shutdown| async move {
                first.note("first up");
                shutdown.cancelled().await;
                first.part("first down").await
            })
            .endpoint("second", |shutdown| async move {
                second.note("second up");
                shutdown.cancelled().await;
                second.part("second down").await
            })
    }
}

pub(crate) struct Worker(Scene);

#[periodic_manager]
impl Worker {
    #[periodic_task(spacing = 10)]
    async fn work(&self) {
        self.0.note("work");
        let _ = self.0.part("working").await;
    }
}

impl Hooks for Scene {
    async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
        assert_eq!(service.to_string(), "worker on node-1");
        Ok(self.part("init_host").await?)
    }

    async fn pre_start_hook(&self, _: &ServiceIdentity) -> HookResult {
        Ok(self.part("pre_start_hook").await?)
    }

    async fn post_start_hook(&self, _: &ServiceIdentity) -> HookResult {
        Ok(self.part("post_start_hook").await?)
    }

    async fn reset(&self, _: &ServiceIdentity) -> HookResult {
        Ok(self.part("reset").await?)
    }

    async fn graceful_shutdown(&self, _: &ServiceIdentity, left: Option<Duration>) -> HookResult {
        self.note(format!("left {:?}", left.map(|left| left.as_secs())));
        Ok(self.part("graceful_shutdown").await?)
    }

    async fn cleanup_host(&self, _: &ServiceIdentity) -> HookResult {
        Ok(self.part("cleanup_host").await?)
    }
}

impl Registry for Scene {
    async fn record(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        self.part("record").await.map_err(RegistryError::new)
    }

    async fn join(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        self.part("join").await.map_err(RegistryError::new)
    }

    async fn beat(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        self.part("beat").await.map_err(RegistryError::new)
    }

    async fn leave(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        self.part("leave").await.map_err(RegistryError::new)
    }
}

/// Ready after this number of seconds.
pub(crate) async fn after(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
