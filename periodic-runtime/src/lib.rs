//! Runs the tasks of a [`PeriodicManager`](periodic_core::PeriodicManager) on tokio.
//!
//! The [`Runner`] sleeps until the scheduler's next wake-up, starts the due runs, and reports how each run ended; a
//! [`Handle`] controls it from any thread. `periodic-core` decides which task runs when. A [`Service`] adds the other
//! parts of a daemon, and a [`Launcher`] runs services as a process.
//!
//! Users depend on the facade `periodic-tasks`, which re-exports the public items of this crate.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[doc(hidden)]
pub mod boxed;
mod catch_panic;
mod clock;
mod error;
#[doc(hidden)]
pub mod file;
mod folded;
pub mod launcher;
#[cfg(feature = "lock-times")]
#[doc(hidden)]
pub mod lock_times;
pub mod looping;
mod node;
mod owned;
mod pass;
mod quiet_span;
mod random;
pub mod retry;
mod runner;
mod second_signal;
pub mod service;
pub mod settings;
pub mod task_group;

pub use clock::SystemClock;
pub use error::{Error, ErrorKind};
pub use launcher::{Exit, Launcher};
pub use pass::run_periodic_tasks_in_parallel;
pub use runner::{Activity, Handle, Runner, RunnerBuilder, Stopped, watch};
pub use service::{Service, ServiceBuilder};
