use std::sync::Arc;
use std::time::Duration;

use periodic_core::Settings;
use periodic_core::settings::SettingChange;
use tracing::warn;

use super::ServiceIdentity;
use super::hooks::Hook;
use super::state::ServiceState;
use crate::Error;
use crate::boxed::into_text;
use crate::catch_panic::catch_subscriber;
use crate::error::Reload;
use crate::owned::Owned;
use crate::runner::{Activity, Handle};

/// The longest time to read the settings.
const READ: Duration = Duration::from_secs(30);

/// The longest time of [`Hooks::reset`](super::Hooks::reset): a reload that never ends would block the next one.
const RESET: Duration = Duration::from_secs(60);

/// Controls a service while it runs, from any thread. Cheap to clone.
///
/// [`tasks`](Self::tasks) returns the [`Handle`] that controls its tasks.
#[derive(Clone)]
pub struct ServiceControl {
    state: Arc<ServiceState>,
}

impl ServiceControl {
    pub(super) fn new(state: Arc<ServiceState>) -> Self {
        Self { state }
    }

    /// Returns the identity of the service.
    pub fn identity(&self) -> &ServiceIdentity {
        &self.state.identity
    }

    /// Returns the handle that controls its tasks.
    pub fn tasks(&self) -> &Handle {
        &self.state.handle
    }

    /// Returns the activity of the service: its active runs.
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
    /// Reads the source of [`settings_from`](super::ServiceBuilder::settings_from); without a source it only calls
    /// `reset`. Returns the changes. A `reset` that fails is logged. A `reset` that has not ended after 60 s is cut and
    /// logged.
    ///
    /// # Errors
    /// When the settings cannot be read within 30 s or are invalid, or the service is stopping. The old settings stay
    /// in force and `reset` is not called. The error is logged, too.
    ///
    /// # Cancel safety
    /// Dropping the future may leave out `reset`; settings are put in force completely or not at all.
    pub async fn reload(&self) -> Result<Vec<SettingChange>, Error> {
        let settings = self.read().await?;
        let changes = self.put_in_force(settings.as_ref())?;
        self.reset().await;
        Ok(changes)
    }

    /// Reads and checks the settings; `None` without a source.
    pub(crate) async fn read(&self) -> Result<Option<Settings>, Error> {
        let Some(source) = self.state.source.clone() else { return Ok(None) };
        // A file system may block.
        let read = Owned::spawn_blocking(move || source.read());
        let read = match tokio::time::timeout(READ, read).await {
            Ok(Some(read)) => read.map_err(Reload::from),
            // `None`: only the end of the runtime removes the work from the pool.
            Ok(None) | Err(_) => Err(Reload::TooLate(READ)),
        };
        self.state.handle.check_read(read).map(Some)
    }

    pub(crate) fn put_in_force(&self, settings: Option<&Settings>) -> Result<Vec<SettingChange>, Error> {
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
