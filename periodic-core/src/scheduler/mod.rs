//! The scheduler: a state machine that is told the time.
//!
//! ```text
//! poll(now)         decides every slot that is due, and says when to ask again
//! start_next(now)   hands out what may start, in order, within the limit
//! finished(..)      takes back how a run ended
//! take_record()     hands out what became of each slot
//! ```
//! It reads no clock, so whoever drives it (the tokio runner, the sequential pass, a simulation) owns time.

mod active;
mod attempts;
mod clocks;
mod control;
mod counters;
mod error;
mod going;
mod index;
mod last_run;
mod limit;
mod machine;
mod numbers;
mod options;
mod output;
mod plain;
mod poll;
mod queue;
mod rare;
mod ready;
mod reconfigure;
mod record;
mod recording;
mod records;
mod reset;
mod retry;
mod row;
mod rules;
mod run;
mod set_back;
mod spare;
mod status;
mod status_table;
mod turns;
mod wheel;

pub use attempts::{Attempt, Attempts};
pub use control::Triggered;
pub use counters::Counters;
pub use error::ControlError;
pub use machine::Scheduler;
pub use options::Options;
pub use poll::Tick;
pub use record::SlotRecord;
pub use retry::{Finished, Retrying};
#[doc(hidden)]
pub use row::bytes as bytes_of_a_task;
pub use run::{RunId, Start, TaskId};
pub use set_back::ClockSetBack;
pub use status::{Going, TaskState, TaskStatus};
pub use status_table::{ColumnError, StatusTable};

use rules::Upto;
