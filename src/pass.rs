//! The sequential and the parallel pass, for programs that drive the tasks themselves.
//!
//! [`PeriodicTasks`] runs the due tasks one after the other on the caller's thread, as `oslo.service` does;
//! [`run_periodic_tasks_in_parallel`] runs them side by side.

pub use periodic_core::pass::{Pass, PassError, PassRun, PeriodicTasks, RaiseOnError, RunEnd};
pub use periodic_runtime::run_periodic_tasks_in_parallel;
