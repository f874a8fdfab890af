//! Task tables and the scheduler of [`periodic`](https://docs.rs/periodic-tasks), without a runtime.
//!
//! This crate never reads a clock, sleeps, spawns, or does I/O other than reading the zone database. A [`Scheduler`]
//! takes the time as an argument, and returns the due runs and the time of the next call. So a year of a schedule runs
//! in a test in milliseconds, and a failing case is a list of numbers.
//!
//! Users depend on the facade `periodic-tasks`, which re-exports the public items.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod catalogue;
#[cfg(feature = "forecast")]
pub mod forecast;
pub mod manager;
pub mod pass;
#[doc(hidden)]
pub mod private;
pub mod schedule;
pub mod scheduler;
pub mod settings;
#[cfg(feature = "sim")]
pub mod sim;
mod spec;
pub mod table;
pub mod task;
pub mod time;

pub use catalogue::Catalogue;
pub use manager::PeriodicManager;
pub use pass::{PassError, PeriodicTasks, RaiseOnError};
pub use scheduler::Scheduler;
pub use settings::Settings;
pub use table::TaskTable;
