//! The imports of a service with periodic tasks: `use periodic::prelude::*;`.

pub use crate::settings::LoadSettings as _;
pub use crate::task::{Next, Run};
pub use crate::{
    Exit, Handle, Launcher, PeriodicManager, Runner, Service, Settings, Stopped, periodic_manager,
    periodic_task,
};
