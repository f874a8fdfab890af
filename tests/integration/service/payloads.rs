//! Hooks and a registry whose panics and errors cannot even be dropped or printed.

use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::service::{HookResult, Hooks, Registry, RegistryError, ServiceError, ServiceIdentity};
use periodic::{Service, Settings, periodic_manager, periodic_task};

use super::scene::after;
use crate::bomb::{BadError, Bomb, NO_TEXT};

#[derive(Clone, Default)]
struct Bad {
    beats: Arc<AtomicU32>,
    left: Arc<AtomicU32>,
    fails_to_start: bool,
}

#[periodic_manager]
impl Bad {
    #[periodic_task(spacing = 10)]
    fn plain(&self) {}
}

impl Hooks for Bad {
    async fn post_start_hook(&self, _: &ServiceIdentity) -> HookResult {
        if self.fails_to_start { panic_any(Bomb) } else { Ok(()) }
    }

    async fn graceful_shutdown(&self, _: &ServiceIdentity, _: Option<Duration>) -> HookResult {
        panic_any(Bomb)
    }

    async fn cleanup_host(&self, _: &ServiceIdentity) -> HookResult {
        self.left.fetch_add(1, Ordering::SeqCst);
        Err(BadError { prints: true }.into())
    }
}

impl Registry for Bad {
    async fn record(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }

    async fn join(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }

    async fn beat(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        match self.beats.fetch_add(1, Ordering::SeqCst) % 3 {
            0 => panic_any(Bomb),
            beat => Err(RegistryError::new("lost").caused_by(BadError { prints: beat == 1 })),
        }
    }

    async fn leave(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Err(RegistryError::new("lost").caused_by(BadError { prints: false }))
    }
}

fn service(bad: &Bad) -> Service {
    let settings = Settings::new().service(|options| options.periodic_fuzzy_delay = Duration::ZERO);
    let service = Service::builder(bad.clone()).settings(settings).hooks(bad.clone()).registry(bad.clone());
    let service = service.endpoint("bad", |shutdown| async move {
        shutdown.cancelled().await;
        if shutdown.is_cancelled() { panic_any(Bomb) } else { Ok::<(), BadError>(()) }
    });
    service.build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn heartbeats_go_on_and_the_stop_is_whole() {
    let bad = Bad::default();
    let stopped = service(&bad).run_until(after(100)).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
    assert_eq!(bad.beats.load(Ordering::SeqCst), 10);
    assert_eq!(bad.left.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_start_that_panics_is_taken_back() {
    let bad = Bad { fails_to_start: true, ..Bad::default() };
    let error = service(&bad).run_until(after(100)).await.unwrap_err();
    let ServiceError::Start { cause, .. } = &error else { panic!("{error:?}") };
    assert_eq!(cause.to_string(), format!("it panicked: {NO_TEXT}"));
    assert_eq!(bad.left.load(Ordering::SeqCst), 1);
}
