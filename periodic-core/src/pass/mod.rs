//! The pass: whoever has a loop of their own asks for what is due, and is told how long to sleep.
//!
//! [`PeriodicTasks`] runs what is due one after the other. A driver that wants it otherwise takes the steps of a
//! [`Pass`] itself; the parallel pass of `periodic-runtime` does.

mod code;
mod error;
mod run;
mod sequential;
mod steps;
mod tasks;

pub use error::{PassError, RaiseOnError};
pub use run::{PassRun, RunEnd};
pub use steps::Pass;
pub use tasks::PeriodicTasks;
