//! Control while tasks run, settings that are read again, and the stop.

mod control;
mod reconfigure;
mod reset;
mod stop;

pub use control::Triggered;
