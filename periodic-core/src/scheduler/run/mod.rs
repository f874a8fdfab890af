//! A run: how it begins, ends, is tried again, or is given up.

mod abandon;
mod begin;
mod end;
mod finished;
mod retry;

pub use finished::{Finished, Retrying};
