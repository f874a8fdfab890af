//! Settings from a TOML file, the environment and code; each overrides the one before.
//!
//! # The file
//! Options of the service are top-level keys, with their names in the original. Below `tasks` is a table for each task.
//! Its key is the full name of the task, its name inside the manager, or either with `*` for any text. Durations
//! are numbers of seconds, or texts with units. With the feature `settings`:
//!
//! ```toml
//! report_interval = 5
//! graceful_shutdown_timeout = "2m"
//!
//! [tasks."*"]
//! jitter = "5%"                 # or a duration, or "none"
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
//! A `retry` needs the number of attempts, the first included. Without the other parts, as in `retry = 3`, it waits 1 s
//! to 30 s, without jitter.
//!
//! Patterns are applied in the order of the file, then exact names in the order of the file; the last one wins, key by
//! key. `tasks.ComputeManager.sync_power_states` means the same as the name in quotes.
//!
//! `cron` sets another expression. It also replaces a declared spacing: then `from` and `align` no longer apply, and
//! the zone is UTC unless `tz` is set. It is a mistake to set `spacing` for a task with `cron`, or `tz` or `dst` for a
//! task without. A missing part of `dst` has its default; in a variable it is `gap = skip, overlap = twice`.
//!
//! # The environment
//! `PERIODIC_REPORT_INTERVAL=5` sets an option of the service: the prefix, and the name in capitals. If an option's
//! name begins with the prefix itself, the prefix is not repeated: `PERIODIC_ENABLE`, `PERIODIC_FUZZY_DELAY`.
//!
//! `PERIODIC_TASKS__POLL__RETRY=3` and `PERIODIC_TASKS__POLL__RETRY=3, 1s..30s, jitter` set as text the values that a
//! file sets as a table.
//!
//! `PERIODIC_TASKS__COMPUTEMANAGER__SYNC_POWER_STATES__SPACING=30s` sets a key of a task, with or without the manager.
//! The name is in capitals, with two underscores for a dot, and one for each other character that is not a letter or a
//! digit. Of two spellings of one task the longer wins; a variable sets the key of all tasks that are spelled like
//! that. The prefix is `PERIODIC_` unless another is [chosen](SettingsSource::prefix); an unknown variable with the
//! prefix is an error. Variables that Kubernetes injects for a Service, such as `PERIODIC_SERVICE_HOST` and
//! `PERIODIC_PORT_80_TCP`, are ignored.
//!
//! # Code
//! [`Settings::task`] and [`Settings::service`], called on settings that were read, override both.
//!
//! # Mistakes
//! All mistakes of a file and the environment are reported at once, each with its file, line and key, or its variable.
//! Names of tasks are checked when the table is built, and reported with their line too. Only if a file is not valid
//! TOML is the rest of it not checked. Of more than 100 mistakes the rest are counted.

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
mod sample;
mod source;
mod value;
#[cfg(feature = "settings")]
mod watch;
#[cfg(not(feature = "settings"))]
mod without_files;

pub use periodic_core::settings::{
    OptionKind, Origin, RunSpans, ServiceOption, ServiceOptions, SettingChange, Settings, TaskKey,
    TaskSetting, TaskSettings,
};

pub use error::{ProblemKind, SettingsError, SettingsProblem};
pub use load::LoadSettings;
pub use sample::sample;
pub use source::SettingsSource;
#[cfg(feature = "settings")]
pub use watch::SettingsWatch;
#[cfg(not(feature = "settings"))]
#[doc(hidden)]
pub use without_files::SettingsFile;
