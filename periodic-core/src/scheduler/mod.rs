//! The scheduler: a state machine that gets the time as an argument.
//!
//! ```text
//! poll(now)         decides every slot that is due, and returns when to poll next
//! start_next(now)   hands out the runs that may start, in order, within the limit
//! finished(..)      reports how a run ended
//! take_record()     hands out the record of each slot
//! ```
//! It reads no clock: its driver (the tokio runner, the sequential pass or a simulation) supplies the time.

mod active_run;
mod clocks;
mod control;
mod decide;
mod driver;
mod effects;
mod error;
mod ids;
mod invariants;
mod ledger;
mod limit;
mod names;
mod options;
mod poll;
mod queue;
mod row;
mod run;
mod run_state;
mod runs;
#[expect(clippy::module_inception, reason = "the file of the type of that name")]
mod scheduler;
#[cfg(all(test, feature = "cron"))]
mod scripts;
mod sequential;
mod set_back;
mod set_back_report;
mod spare;
mod start;
mod status;
mod visit;
mod wake_at;

pub use control::Triggered;
#[doc(hidden)]
pub use driver::Driver;
pub use error::ControlError;
pub use ids::{RunId, TaskId};
pub use ledger::{Attempt, Attempts, Counters, SlotRecord};
pub use options::SchedulerOptions;
pub use poll::Tick;
#[doc(hidden)]
pub use queue::Starter;
#[doc(hidden)]
pub use row::bytes as bytes_of_a_task;
pub use run::{Finished, RetryScheduled};
pub use scheduler::Scheduler;
pub(crate) use sequential::SequentialPass;
pub use set_back_report::ClockSetBack;
pub use start::Start;
pub use status::{ColumnError, RunStatus, StatusTable, TaskState, TaskStatus};
