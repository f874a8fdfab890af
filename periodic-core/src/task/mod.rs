//! What a task is: its declaration, its name, one run of it, and how that run ended.

mod cancellation;
mod catch_panic;
#[cfg(feature = "cron")]
mod cron;
#[cfg(feature = "cron")]
mod dst;
mod facts;
mod name;
mod name_error;
mod outcome;
mod policy;
mod retry;
mod run;
mod schedule;
mod spacing;
mod spec;
mod text;

#[cfg(feature = "cron")]
pub use periodic_cron::{CronError, CronErrorKind};
pub use periodic_text::duration::DurationError;

pub use cancellation::{Cancellation, Cancelled};
#[doc(hidden)]
pub use catch_panic::catch_panic;
#[cfg(feature = "cron")]
pub use cron::{Cron, Expression};
#[cfg(feature = "cron")]
pub use dst::{Dst, Gap, Repeated};
pub use name::TaskName;
pub use name_error::NameError;
pub use outcome::{Ended, Next, Outcome, SkipReason, TaskError};
pub use policy::{Execution, FirstRun, Jitter, Missed, Overlap};
pub use retry::RetrySpec;
pub use run::{Run, Slot, SlotKind, Window};
pub use schedule::{Anchor, ScheduleSpec};
pub use spacing::{Interval, Spacing};
pub use spec::TaskSpec;
pub use text::PolicyError;
