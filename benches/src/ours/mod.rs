//! This project, used in the same way as by its users.

pub mod control;
pub mod devices;
pub mod fleet;
pub mod floor;
pub mod idle;
pub mod lateness;
pub mod passes;
pub mod scale;
pub mod spawned;
pub mod stepped;
pub mod wakeups;
