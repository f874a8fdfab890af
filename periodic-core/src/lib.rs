//! Task tables and the scheduler of [`periodic`](https://docs.rs/periodic-tasks), without a runtime.
//!
//! Nothing here reads a clock, sleeps, spawns, or does I/O but read the zone database. A [`Scheduler`] is told the time and answers
//! what is due and when to ask again, so a year of a schedule runs in a test in milliseconds, and a failing
//! case is a list of numbers.
//!
//! Users depend on the facade `periodic-tasks`, which re-exports what is public here.
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
pub use table::{Settings, TaskTable};
