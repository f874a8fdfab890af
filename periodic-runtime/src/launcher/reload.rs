use std::time::Duration;

use tracing::error;

use crate::service::ServiceControl;

/// How long a reload may take. One that never ended would hold off the next for ever.
const MOST: Duration = Duration::from_secs(120);

/// Puts new settings in force in all services, or in none, and lets them reset.
pub(super) async fn reload(services: Vec<ServiceControl>) {
    if tokio::time::timeout(MOST, all_or_none(services)).await.is_err() {
        error!("the reload did not end within {MOST:?} and was given up");
    }
}

async fn all_or_none(services: Vec<ServiceControl>) {
    let mut read = Vec::new();
    for service in &services {
        // Why not is logged there.
        let Ok(settings) = service.read().await else { return };
        read.push(settings);
    }
    for (service, settings) in services.iter().zip(read) {
        // It was checked, so this fails only where a control or a stop came in between; then that is logged.
        let _ = service.put_in_force(settings.as_ref());
    }
    for service in &services {
        service.reset().await;
    }
}
