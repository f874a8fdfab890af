use std::time::Duration;

use periodic_core::scheduler::ControlError;
use tokio::task::JoinHandle;
use tracing::error;

use super::{ReloadError, SettingsError, SettingsSource};
use crate::catch_panic::{catch_panic, catch_subscriber};
use crate::runner::Handle;

/// Watches a settings file, and puts what it says in force when it changes.
///
/// The file is read each so many seconds, on a thread for blocking work, and its content compared to what was read
/// before: so a file that is replaced, and a link that is turned, are seen as a file that is written. A bad file is
/// said once, at ERROR, and the old settings stay in force until the file is mended. The first look puts in force what
/// changed since the settings were loaded.
///
/// Dropping it ends the watch; so does the end of the runner. What is being put in force then still comes in force.
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
    /// Begins to watch, with a look each `period`; less than 100 ms counts as that.
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

/// What was found at a look, to tell whether the next one finds something else.
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
        // One look at a time: a file system that hangs holds one thread, and the watch goes on when it answers.
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
        // Not here, because a file may be large, and so may the table be that is made of it.
        let subscriber = tracing::dispatcher::get_default(Clone::clone);
        let reload = tokio::task::spawn_blocking(move || {
            let read = || reloaded.reload_read(content.and_then(|content| reader.parse(content.as_deref())));
            // Code of the user's may panic: what a source adds to settings, and what lists a manager's tasks.
            catch_panic(|| tracing::dispatcher::with_default(&subscriber, read))
        });
        match reload.await {
            // The runtime ends, or the runner does.
            Err(_) | Ok(Ok(Err(ReloadError::Refused(ControlError::Stopping)))) => return,
            // The handle says what came of it.
            Ok(Ok(_)) => {}
            Ok(Err(cause)) => {
                catch_subscriber(
                    || error!(%cause, "reading the settings again panicked; the old ones stay in force"),
                );
            }
        }
    }
}
