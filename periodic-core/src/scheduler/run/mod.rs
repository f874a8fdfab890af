//! A run: its begin, its end, its retries, and its abandonment.

mod abandon;
mod begin;
#[cfg(feature = "checked")]
mod checked;
mod end;
mod finished;
mod quiet_end;
mod retry;

pub use finished::{Finished, RetryScheduled};

pub(crate) use quiet_end::AtHand;
