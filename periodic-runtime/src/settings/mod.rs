//! Settings from a TOML file, the environment and code, each over the one before.
//!
//! # The file
//! Options of the service stand at the top, by their names in the original; below `tasks` stands a table for each
//! task, by its full name, its name inside the manager, or either with `*` for any text. Lengths of time are numbers
//! of seconds, or texts with units. With the feature `settings`:
//!
//! ```toml
//! report_interval = 5
//! graceful_shutdown_timeout = "2m"
//!
//! [tasks."*"]
//! jitter = "5%"                 # or a length of time, or "none"
//!
//! [tasks."ComputeManager.sync_power_states"]
//! spacing = "10m"               # 0 is the default of 60 s, less than 0 disables the task
//! enabled = true
//! timeout = 90                  # or "none"
//! retry = { attempts = 3, backoff = "1s..30s", jitter = true }  # or "none"
//! overlap = "skip"              # or "queue", "replace", "allow(3)"
//! missed = "coalesce"           # or "skip", "all(10)"
//! grace = "5m"                  # or "none"
//! max_runs = 100                # or "none"
//!
//! [tasks."ComputeManager.archive"]
//! cron = "0 3 * * *"            # with the feature `cron`
//! tz = "Europe/Berlin"
//! dst = { gap = "skip", overlap = "twice" }
//! ```
//!
//! A `retry` needs its attempts, of which the first is one; without the rest of it, as in `retry = 3`, it backs off
//! 1 s to 30 s, without jitter.
//!
//! Patterns are applied in the order of the file, and exact names after all patterns, also in the order of the file;
//! what is applied later wins, key by key. `tasks.ComputeManager.sync_power_states` means the same as the name in
//! quotes.
//!
//! `cron` gives another expression, and makes one of a spacing that was declared: then `from` and `align` give way, and
//! the zone is UTC unless `tz` is set. `spacing` set of a task that runs by `cron`, and `tz` or `dst` of one that does
//! not, are mistakes. A part of `dst` that is left out has its default; in a variable it is `gap = skip, overlap = twice`.
//!
//! # The environment
//! `PERIODIC_REPORT_INTERVAL=5` sets an option of the service: the prefix, and the name in capitals. Where an
//! option's name begins with the prefix itself, that is not repeated: `PERIODIC_ENABLE`, `PERIODIC_FUZZY_DELAY`.
//!
//! `PERIODIC_TASKS__POLL__RETRY=3` and `PERIODIC_TASKS__POLL__RETRY=3, 1s..30s, jitter` say in a text what a file says
//! in a table.
//!
//! `PERIODIC_TASKS__COMPUTEMANAGER__SYNC_POWER_STATES__SPACING=30s` sets a key of a task, with the manager or without:
//! the name in capitals, two underscores for a dot, one for each other sign that is no letter and no digit. Of two
//! spellings of one task the longer wins; tasks that are spelled alike are all meant. The prefix is `PERIODIC_` unless another is
//! [chosen](SettingsSource::prefix); what begins with it and means nothing is an error. Variables that Kubernetes injects
//! for a Service, such as `PERIODIC_SERVICE_HOST` and `PERIODIC_PORT_80_TCP`, are passed over.
//!
//! # Code
//! What [`Settings::task`] and [`Settings::service`] add to settings that were read wins over both.
//!
//! # Mistakes
//! All that is wrong with a file and the environment is reported at once, each with its file, line and key, or its
//! variable. Names of tasks are known when the table is made, and then named with their line too. Only where a file
//! is no TOML at all is nothing else of it looked at. Of more than 100 mistakes the rest are counted.

mod environment;
mod error;
#[cfg(feature = "settings")]
mod file;
mod kubernetes;
mod load;
#[cfg(feature = "settings")]
mod nested;
#[cfg(feature = "settings")]
mod place;
mod problems;
mod quote;
mod reload_error;
mod sample;
mod source;
mod value;
#[cfg(feature = "settings")]
mod watch;
#[cfg(not(feature = "settings"))]
mod without_files;

pub use periodic_core::settings::{
    Change, OptionKind, Origin, ServiceOption, ServiceOptions, Settings, TaskKey, TaskSetting, TaskSettings,
};

pub use error::{ProblemKind, SettingsError, SettingsProblem};
pub use load::LoadSettings;
pub use reload_error::ReloadError;
pub use sample::sample;
pub use source::SettingsSource;
#[cfg(feature = "settings")]
pub use watch::SettingsWatch;
#[cfg(not(feature = "settings"))]
#[doc(hidden)]
pub use without_files::SettingsFile;
