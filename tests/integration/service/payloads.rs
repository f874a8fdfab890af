//! Hooks and a registry whose panics and errors cannot even be dropped or printed.

use std::error::Error as _;
use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::service::{HookResult, Hooks, Registry, RegistryError, ServiceIdentity};
use periodic::{Service, Settings, periodic_manager, periodic_task};

use super::scene::after;
use crate::bomb::{BadError, Bomb, NO_TEXT, panic_at_each_event};

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
    assert_eq!(error.source().unwrap().to_string(), format!("it panicked: {NO_TEXT}"));
    assert_eq!(bad.left.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_each_line_ends_no_service() {
    let _guard = panic_at_each_event();
    let bad = Bad::default();
    let service = service(&bad);
    let control = service.control();
    let reload = async {
        after(50).await;
        control.reload().await.unwrap();
        after(50).await;
    };
    let stopped = service.run_until(reload).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
    assert_eq!(bad.beats.load(Ordering::SeqCst), 10);
    assert_eq!(bad.left.load(Ordering::SeqCst), 1);

    let bad = Bad { fails_to_start: true, ..Bad::default() };
    let service = self::service(&bad);
    service.run_until(after(100)).await.unwrap_err();
    assert_eq!(bad.left.load(Ordering::SeqCst), 1);
}

/// Hooks and a registry that panic when they are dropped.
struct Held(Bomb);

impl Hooks for Held {}

impl Registry for Held {
    async fn record(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }

    async fn join(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }

    async fn beat(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }

    async fn leave(&self, _: &ServiceIdentity) -> Result<(), RegistryError> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_service_holds_may_panic_when_it_is_dropped() {
    for fails in [false, true] {
        let bad = Bad { fails_to_start: fails, ..Bad::default() };
        let settings = Settings::new().service(|options| options.periodic_fuzzy_delay = Duration::ZERO);
        let builder = Service::builder(bad.clone()).settings(settings).registry(Held(Bomb));
        let bomb = Bomb;
        let builder = if fails { builder.hooks(bad) } else { builder.hooks(Held(Bomb)) };
        let service = builder.endpoint("held", move |shutdown| async move {
            let _bomb = &bomb;
            shutdown.cancelled().await;
            Ok::<(), BadError>(())
        });
        let end = service.build().unwrap().run_until(after(10)).await;
        assert_eq!(end.is_err(), fails);
    }
    // One that never comes to its endpoints.
    let bomb = Bomb;
    let service = Service::builder(Bad::default()).endpoint("held", move |_| async move {
        let _bomb = bomb;
        Ok::<(), BadError>(())
    });
    let stopped = service.build().unwrap().run_until(std::future::ready(())).await.unwrap();
    assert!(stopped.is_clean(), "{stopped}");
}
