//! This project, used in the same way as by its users.

pub mod devices;
pub mod fleet;
pub mod floor;
pub mod idle;
pub mod lateness;
pub mod passes;
pub mod scale;
pub mod served;
pub mod stepped;
pub mod stepped_runner;
pub mod two_threads;
pub mod wakeups;
