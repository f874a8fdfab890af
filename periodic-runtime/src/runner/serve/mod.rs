//! The serving loop, from its first round to its stop.

mod serve;
mod signals;
mod stop;
pub(super) mod timer;

pub use stop::Stopped;
