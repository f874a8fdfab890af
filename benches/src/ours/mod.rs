//! This project, driven as its users drive it.

pub mod by_hand;
pub mod control;
pub mod devices;
pub mod fleet;
pub mod idle;
pub mod lateness;
pub mod passes;
pub mod scale;
pub mod spawned;
pub mod stepped;
pub mod wakeups;
