//! Control calls while tasks run, the reload of settings, and the stop.

mod add;
mod control;
mod enable;
mod pause;
mod reconfigure;
mod reset;
mod spacing;
mod stop;
mod trigger;

pub use trigger::Triggered;
