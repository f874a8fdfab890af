//! A manager as a daemon: hooks, an endpoint, settings that SIGHUP reads again, exit codes, systemd.
//!
//! `cargo run --example daemon`; with a number of seconds as the argument it ends by itself. Ctrl-C stops it; a second
//! one ends it at once. `PERIODIC_TASKS__CHECK__SPACING=2s` changes the interval of its checks;
//! `periodic-compute.service` is a unit file for systemd.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use periodic::prelude::*;
use periodic::service::{BoxError, HookResult, Hooks, ServiceIdentity};
use periodic::settings::SettingsSource;
use tokio::net::TcpListener;
use tracing::info;

#[derive(Default)]
struct Checker {
    checks: AtomicU64,
}

#[periodic_manager]
impl Checker {
    #[periodic_task(spacing = 1, run_immediately)]
    fn check(&self) {
        info!(check = self.checks.fetch_add(1, Ordering::Relaxed) + 1, "checked");
    }
}

impl Hooks for Checker {
    async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
        info!(%service, "preparing the host");
        Ok(())
    }

    async fn cleanup_host(&self, _: &ServiceIdentity) -> HookResult {
        info!(checks = self.checks.load(Ordering::Relaxed), "goodbye");
        Ok(())
    }
}

async fn service() -> Result<Service, BoxError> {
    // Bound here, so that a port in use ends the start.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    info!(address = %listener.local_addr()?, "listening");
    let checker = Arc::new(Checker::default());
    let service = Service::builder(Arc::clone(&checker))
        .hooks(checker)
        // A fleet spreads its start over a minute; a first try should show its effects at once.
        .settings_from(
            SettingsSource::environment()
                .with(|settings| settings.service(|options| options.periodic_fuzzy_delay = Duration::ZERO)),
        )
        .endpoint("tcp", |shutdown| async move {
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return Ok::<_, std::io::Error>(()),
                    caller = listener.accept() => info!(caller = %caller?.1, "a client connected"),
                }
            }
        })
        .build()?;
    if let Some(seconds) = std::env::args().nth(1) {
        let seconds = seconds.parse().map_err(|_| format!("`{seconds}` is no number of seconds"))?;
        let control = service.control();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            control.stop();
        });
    }
    Ok(service)
}

fn main() -> Exit {
    // Failed writes of the log are not reported: the report would panic where standard error is closed, too.
    tracing_subscriber::fmt().with_target(false).log_internal_errors(false).init();
    Launcher::new().service(service).run()
}
