//! Tasks: the declaration, the name, one run, and the end of that run.

mod cancellation;
mod catch_panic;
mod name;
mod name_error;
mod outcome;
mod path;
mod run;
mod run_builder;
mod sync;
#[expect(clippy::module_inception, reason = "the file of the type of that name")]
pub(crate) mod task;

#[cfg(feature = "cron")]
pub use periodic_cron::{CronError, CronErrorKind};

pub use cancellation::{Cancellation, Cancelled};
#[doc(hidden)]
pub use catch_panic::catch_panic;
pub use name::TaskName;
pub use name_error::NameError;
pub use outcome::{Ended, Next, Outcome, SkipReason, TaskError};
pub use run::{Run, Window};
pub use run_builder::RunBuilder;
pub use task::{LeftOut, Task};

pub use crate::schedule::slot::{Slot, SlotKind};
pub use crate::spec::{
    Anchor, Execution, FirstRun, Interval, Jitter, Missed, Overlap, PolicyError, RetrySpec, ScheduleSpec,
    Spacing, TaskSpec,
};
#[cfg(feature = "cron")]
pub use crate::spec::{Cron, Dst, DstGap, DstRepeat, Expression};

pub(crate) use path::Path;
