//! The ledger: the records of slots, the queue of records for the driver, the last run of a task, and its counters.

mod counters;
mod display;
mod last_run;
mod pending;
mod record;

pub use counters::Counters;
pub use record::{Attempt, Attempts, SlotRecord};

pub(crate) use counters::Tally;
pub(crate) use last_run::{LastOk, LastRun};
pub(crate) use pending::Pending;
pub(crate) use record::WellRun;
