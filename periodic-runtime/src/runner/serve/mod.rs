//! The serving loop, from its first round to its stop.

#[expect(clippy::module_inception, reason = "it is what the folder is named for")]
mod serve;
mod signals;
mod stop;
pub(super) mod timer;

pub use stop::Stopped;
