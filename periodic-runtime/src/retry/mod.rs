//! Calling again what failed, with growing sleeps between.

mod builder;
mod delays;

pub use builder::Retry;
