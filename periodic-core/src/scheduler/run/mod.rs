//! A run: its begin, its end, its retries, and its abandonment.

mod abandon;
mod begin;
mod end;
mod finished;
mod retry;

pub use finished::{Finished, RetryScheduled};
