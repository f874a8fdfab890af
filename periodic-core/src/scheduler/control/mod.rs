//! Control calls while tasks run, the reload of settings, and the stop.

mod control;
mod reconfigure;
mod reset;
mod stop;

pub use control::Triggered;
