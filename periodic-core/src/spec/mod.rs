//! The declaration of a task: plain data, as the attribute, settings or code state it.
//!
//! Its public path is [`task`](crate::task).

mod backoff;
#[cfg(feature = "cron")]
mod cron;
#[cfg(feature = "cron")]
mod dst;
mod facts;
#[cfg(feature = "cron")]
mod interned;
mod policy;
mod retry;
mod schedule;
mod spacing;
mod task_spec;
mod text;

#[cfg(feature = "cron")]
pub use cron::{Cron, Expression};
#[cfg(feature = "cron")]
pub use dst::{Dst, DstGap, DstRepeat};
pub use policy::{Execution, FirstRun, Jitter, Missed, Overlap};
pub use retry::RetrySpec;
pub use schedule::{Anchor, ScheduleSpec};
pub use spacing::{Interval, Spacing};
pub use task_spec::TaskSpec;
pub use text::PolicyError;

#[cfg(feature = "cron")]
pub(crate) use interned::interned;
