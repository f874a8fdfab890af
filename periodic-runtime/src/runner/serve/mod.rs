//! The serving loop, from its first round to its stop.

mod serve;
mod sleep;
mod stop;
pub(super) mod timer;
mod until_signal;

pub use stop::Stopped;
