#![doc = include_str!("../README.md")]
//!
//! # Where to go from here
//!
//! - [`periodic_task`] lists what can be said of a task, [`periodic_manager`] what can be said of a manager.
//! - [`Runner`] runs a manager's tasks as a daemon; [`Handle`] controls them meanwhile, and [`watch`] tells what happens.
//! - [`Service`] puts hooks, endpoints, a heartbeat and settings around a manager's tasks.
//! - [`Launcher`] runs services as a process, with signals, exit codes and systemd.
//! - [`PeriodicTasks`] runs what is due where the caller stands, as `oslo.service` does;
//!   [`run_periodic_tasks_in_parallel`] runs it side by side.
//! - [`Scheduler`] is the machine below both. It is told the time.
//! - [`looping`] calls a function again and again outside any table, [`group`] keeps such calls and one-off work
//!   together, [`retry`] calls again what failed.
//! - [`Settings`] change spacings and more without a rebuild; [`settings`] says how files and the environment are
//!   read, and read again.
//!
//! Each with the feature of its name:
//!
//! - `sim` plays a manager's tasks in virtual time, for tests.
//! - `forecast` tells and draws the load that a table will make, before it is deployed.
//! - `cluster` knows who of a fleet is alive.

// docs.rs says of each item which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod prelude;

#[cfg(feature = "cluster")]
pub use periodic_cluster as cluster;
#[cfg(feature = "forecast")]
pub use periodic_core::forecast;
#[cfg(feature = "sim")]
pub use periodic_core::sim;
pub use periodic_core::{
    Catalogue, PassError, PeriodicManager, PeriodicTasks, RaiseOnError, Scheduler, Settings, TaskTable,
    catalogue, manager, schedule, scheduler, table, task, time,
};
#[cfg(feature = "conductor")]
pub use periodic_macros::remotable;
pub use periodic_macros::{periodic_manager, periodic_task};
pub use periodic_runtime::{
    Activity, Error, Exit, Handle, LaunchError, Launcher, Runner, RunnerBuilder, Service, ServiceBuilder,
    Stopped, SystemClock, context, group, launcher, looping, retry, run_periodic_tasks_in_parallel, service,
    settings, watch,
};

#[doc(hidden)]
pub use periodic_core::private as __private;

/// The example of the page about tests.
#[cfg(all(doctest, feature = "forecast"))]
#[doc = include_str!("../docs/testing.md")]
struct TestingExamples;

/// The examples of the attributes, which cannot stand in the crate of the attributes.
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
