//! The service around the tasks: its start and stop in order, its hooks, its endpoints, its heartbeat.

mod build;
mod builder;
mod control;
mod down_time;
mod endpoint;
mod fuzzy;
mod hanging;
mod heartbeat;
mod hooks;
mod identity;
mod registry;
mod run;
#[expect(clippy::module_inception, reason = "the file is named as the type in it")]
mod service;
mod start;
mod start_step;
mod state;
mod stopped;
mod time_budget;

pub use crate::boxed::BoxError;
pub use builder::ServiceBuilder;
pub use control::ServiceControl;
pub use down_time::down_time;
pub use hooks::{HookResult, Hooks};
pub use identity::ServiceIdentity;
pub use registry::{Registry, RegistryError};
pub use service::Service;
pub use start_step::StartStep;
pub use stopped::ServiceStopped;
