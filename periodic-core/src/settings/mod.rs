//! What is set from outside the code, as data: of tasks, by name or pattern, and of the service.
//!
//! Whoever reads a file or the environment makes [`Settings`] and says of each value where it was written
//! ([`Origin`]), so that a mistake found later, when a table is made, still names its line.

mod change;
mod key;
mod layer;
mod layers;
mod origin;
mod pattern;
mod places;
mod service;
mod task;
mod wall_clock;

pub use change::Change;
pub use key::{TaskKey, TaskSetting};
pub use layers::Settings;
pub use origin::Origin;
pub use service::{OptionKind, ServiceOption, ServiceOptions};
pub use task::TaskSettings;

pub(crate) use origin::origin_prefix;
pub(crate) use pattern::Pattern;
#[cfg(feature = "sim")]
pub(crate) use pattern::names;
