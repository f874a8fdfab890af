use std::time::Duration;

use periodic_core::scheduler::ControlError;
use tokio::task::JoinHandle;
use tracing::error;

use super::{SettingsError, SettingsSource};
use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::quiet_span::Subscriber;
use crate::runner::Handle;

/// Watches a settings file, and puts its settings in force when it changes.
///
/// The file is read every `period`, on a thread for blocking work, and its content is compared with the last one. So
/// the watch also sees a replaced file and a changed link. A bad file is logged once, at ERROR, and the old settings
/// stay in force until the file is corrected. The first check puts in force the changes since the settings were loaded.
///
/// Dropping it ends the watch; so does the end of the runner. Settings that are already being put in force still come
/// into force.
///
/// # Examples
/// ```no_run
/// use std::time::Duration;
/// use periodic_runtime::Handle;
/// use periodic_runtime::settings::{SettingsSource, SettingsWatch};
///
/// fn watch(handle: Handle) -> SettingsWatch {
///     SettingsWatch::spawn(SettingsSource::file("compute.toml"), handle, Duration::from_secs(5))
/// }
/// ```
#[derive(Debug)]
#[must_use = "dropping it ends the watch"]
pub struct SettingsWatch {
    task: JoinHandle<()>,
}

impl SettingsWatch {
    /// Starts the watch, with a check every `period`; less than 100 ms counts as 100 ms.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime, or in one whose time is not enabled, as all of tokio does.
    pub fn spawn(source: SettingsSource, handle: Handle, period: Duration) -> Self {
        let period = period.max(Duration::from_millis(100));
        Self { task: tokio::spawn(watch(source, handle, period)) }
    }
}

impl Drop for SettingsWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The result of a check, for comparison with the next one.
#[derive(PartialEq, Eq)]
enum Found {
    Content(Option<Vec<u8>>),
    Unreadable(std::io::ErrorKind),
}

async fn watch(source: SettingsSource, handle: Handle, period: Duration) {
    let mut last: Option<Found> = None;
    let mut looks = tokio::time::interval(period);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        // One check at a time: a file system that hangs holds one thread, and the watch continues when it answers.
        let reader = source.clone();
        let Ok(content) = tokio::task::spawn_blocking(move || reader.content()).await else { return };
        let found = match &content {
            Ok(content) => Found::Content(content.clone()),
            Err(SettingsError::Unreadable { source, .. }) => Found::Unreadable(source.kind()),
            Err(SettingsError::Invalid { .. }) => continue,
        };
        if last.as_ref() == Some(&found) {
            continue;
        }
        last = Some(found);
        let (reader, reloaded) = (source.clone(), handle.clone());
        // On another thread, because a file may be large, and so may its table.
        let subscriber = Subscriber::of_this_thread();
        let reload = tokio::task::spawn_blocking(move || {
            let read = || reloaded.reload_read(content.and_then(|content| reader.parse(content.as_deref())));
            // The user's code may panic: the code that a source adds to settings, and the code that lists a manager's
            // tasks.
            catch_panic(|| subscriber.with(read))
        });
        match reload.await {
            // The runtime or the runner has ended.
            Err(_) => return,
            Ok(Ok(Err(error))) if error.control() == Some(&ControlError::Stopping) => return,
            // The handle logs the result.
            Ok(Ok(_)) => {}
            Ok(Err(cause)) => {
                catch_subscriber(
                    || error!(%cause, "reading the settings again panicked; the old ones stay in force"),
                );
            }
        }
    }
}
