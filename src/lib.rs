#![doc = include_str!("../README.md")]
//!
//! # Where to go from here
//!
//! - [`periodic_task`] lists the arguments of a task, [`periodic_manager`] those of a manager.
//! - [`Runner`] runs a manager's tasks as a daemon; [`Handle`] controls them meanwhile, and [`watch`] reports events.
//! - [`Service`] puts hooks, endpoints, a heartbeat and settings around a manager's tasks.
//! - [`Launcher`] runs services as a process, with signals, exit codes and systemd.
//! - [`pass`] runs the due tasks when its caller asks: one after the other on the caller's thread, as `oslo.service`
//!   does, or side by side.
//! - [`Scheduler`](scheduler::Scheduler) is the state machine below both. Its caller gives it the time.
//! - [`looping`] calls a function repeatedly outside any table, [`task_group`] keeps such calls and one-off work together,
//!   [`retry`] repeats a failed operation.
//! - [`Settings`] change spacings and more without a rebuild; [`settings`] describes the files and the environment from
//!   which they are read, and the reload.
//!
//! Each with the feature of its name:
//!
//! - `sim` plays a manager's tasks in virtual time, for tests.
//! - `forecast` computes and draws the load of a table, before it is deployed.
//! - `cluster` reports the live members of a fleet.

// docs.rs shows the feature that each item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod pass;
pub mod prelude;

#[cfg(feature = "cluster")]
pub use periodic_cluster as cluster;
#[cfg(feature = "forecast")]
pub use periodic_core::forecast;
#[cfg(feature = "sim")]
pub use periodic_core::sim;
pub use periodic_core::{
    PeriodicManager, Settings, catalogue, manager, schedule, scheduler, table, task, time,
};
#[cfg(feature = "conductor")]
pub use periodic_macros::remotable;
pub use periodic_macros::{periodic_manager, periodic_task};
pub use periodic_runtime::service::ServiceControl;
pub use periodic_runtime::{
    Activity, Error, ErrorKind, Exit, Handle, Launcher, Runner, RunnerBuilder, Service, ServiceBuilder,
    Stopped, SystemClock, launcher, looping, retry, service, settings, task_group, watch,
};

#[doc(hidden)]
pub use periodic_core::private as __private;

/// The example of the page about settings.
#[cfg(all(doctest, feature = "settings"))]
#[doc = include_str!("../docs/settings.md")]
struct SettingsExamples;

/// The examples of the page about tests.
#[cfg(all(doctest, feature = "forecast"))]
#[doc = include_str!("../docs/testing.md")]
struct TestingExamples;

/// The examples of the attributes, which need this crate.
#[cfg(doctest)]
#[doc = include_str!("../periodic-macros/src/cron.md")]
struct CronExamples;

#[cfg(doctest)]
#[doc = include_str!("../periodic-macros/src/manager.md")]
struct ManagerExamples;

#[cfg(all(doctest, feature = "conductor"))]
#[doc = include_str!("../periodic-macros/src/remotable.md")]
struct RemotableExamples;

#[cfg(all(doctest, feature = "conductor"))]
#[doc = include_str!("../periodic-cluster/src/remotable/example.md")]
struct RemotableConductorExamples;
