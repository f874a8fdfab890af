//! Settings from outside the code, as data: of tasks, by name or pattern, and of the service.
//!
//! A reader of a file or of the environment creates [`Settings`] and gives each value its [`Origin`]. So a mistake that
//! is found later, when a table is built, still names its line.

mod change;
mod key;
mod layer;
mod layers;
mod origin;
mod pattern;
mod places;
mod run_spans;
mod service;
mod task;
mod wall_clock;

pub use change::SettingChange;
pub use key::{TaskKey, TaskSetting};
pub use layers::Settings;
pub use origin::Origin;
pub use run_spans::RunSpans;
pub use service::{OptionKind, ServiceOption, ServiceOptions};
pub use task::TaskSettings;

pub(crate) use origin::origin_prefix;
pub(crate) use pattern::Pattern;
#[cfg(feature = "sim")]
pub(crate) use pattern::names;
