//! The pass, for callers with their own loop: it runs due tasks, and returns how long to sleep.
//!
//! [`PeriodicTasks`] runs due tasks one after the other. A driver with another order takes the steps of a [`Pass`]
//! itself; the parallel pass of `periodic-runtime` does.

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
