//! Retries of a failing operation, with growing sleeps between.

mod builder;
mod delays;

pub use builder::RetryCall;
