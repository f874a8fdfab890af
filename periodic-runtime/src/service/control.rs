use std::sync::Arc;
use std::time::Duration;

use periodic_core::Settings;
use periodic_core::settings::Change;
use tracing::warn;

use super::ServiceIdentity;
use super::hooks::Hook;
use super::state::ServiceState;
use crate::boxed::into_text;
use crate::catch_panic::catch_subscriber;
use crate::owned::Owned;
use crate::runner::{Activity, Handle};
use crate::settings::ReloadError;

/// How long it may take to read the settings.
const READ: Duration = Duration::from_secs(30);

/// How long [`Hooks::reset`](super::Hooks::reset) may take: a reload that never ends would hold off the next.
const RESET: Duration = Duration::from_secs(60);

/// Controls a service while it runs, from any thread. Cheap to clone.
///
/// Its tasks are controlled by the [`Handle`] that [`tasks`](Self::tasks) gives.
#[derive(Clone)]
pub struct ServiceControl {
    state: Arc<ServiceState>,
}

impl ServiceControl {
    pub(super) fn new(state: Arc<ServiceState>) -> Self {
        Self { state }
    }

    /// Who the service is.
    pub fn identity(&self) -> &ServiceIdentity {
        &self.state.identity
    }

    /// Controls its tasks.
    pub fn tasks(&self) -> &Handle {
        &self.state.handle
    }

    /// What it does now: the runs that are going.
    pub fn activity(&self) -> Activity {
        self.state.handle.activity()
    }

    /// Stops the service gracefully: its runs, its membership, its hooks and its endpoints.
    pub fn stop(&self) {
        self.state.handle.stop();
    }

    /// Stops the service, cuts its runs at once, and gives its hooks and endpoints a second each.
    pub fn stop_now(&self) {
        self.state.handle.stop_now();
    }

    /// Reads the settings again, puts them in force, and calls [`Hooks::reset`](super::Hooks::reset).
    ///
    /// They come from where [`settings_from`](super::ServiceBuilder::settings_from) said; without that there is
    /// nothing to read, and `reset` alone is called. Answers what has changed. A `reset` that fails is logged; so is one
    /// that has not ended after 60 s, and is cut.
    ///
    /// # Errors
    /// When the settings cannot be read, which they have 30 s for, or have no meaning, or the service is being stopped. The old ones stay in
    /// force, and `reset` is not called. It is logged, too.
    ///
    /// # Cancel safety
    /// Dropping the future may leave out `reset`; settings are put in force all or not at all.
    pub async fn reload(&self) -> Result<Vec<Change>, ReloadError> {
        let settings = self.read().await?;
        let changes = self.put_in_force(settings.as_ref())?;
        self.reset().await;
        Ok(changes)
    }

    /// Reads the settings, and checks them; nothing where there is no source.
    pub(crate) async fn read(&self) -> Result<Option<Settings>, ReloadError> {
        let Some(source) = self.state.source.clone() else { return Ok(None) };
        // A file system may take its time.
        let read = Owned::spawn_blocking(move || source.read());
        let read = match tokio::time::timeout(READ, read).await {
            Ok(Some(read)) => read.map_err(ReloadError::from),
            // Nothing but the runtime's end takes it from the pool.
            Ok(None) | Err(_) => Err(ReloadError::TooLate(READ)),
        };
        self.state.handle.check_read(read).map(Some)
    }

    pub(crate) fn put_in_force(&self, settings: Option<&Settings>) -> Result<Vec<Change>, ReloadError> {
        settings.map_or(Ok(Vec::new()), |settings| self.state.handle.reload(settings))
    }

    pub(crate) async fn reset(&self) {
        let service = &self.state.identity;
        match tokio::time::timeout(RESET, self.state.hook(Hook::Reset)).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => {
                let cause = into_text(cause);
                catch_subscriber(|| warn!(%service, cause, "`reset` failed"));
            }
            Err(_) => {
                catch_subscriber(|| warn!(%service, "`reset` did not end within {RESET:?} and was cut"));
            }
        }
    }
}

impl std::fmt::Debug for ServiceControl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServiceControl").field("identity", &self.state.identity).finish_non_exhaustive()
    }
}
