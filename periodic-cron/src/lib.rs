//! Cron expressions for [`periodic`](https://docs.rs/periodic-tasks): read by the compiler, matched at run time.
//!
//! A leaf crate without dependencies, because one set of rules must hold in two places: the macros refuse a wrong
//! expression when an attribute is expanded, and core finds the slots while a service runs.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bits;
mod calendar;
mod civil;
mod cron;
mod days;
mod error;
mod field;
mod hash;
mod parse;
mod pattern;
mod values;
pub mod zones;

pub use civil::Civil;
pub use cron::Cron;
pub use error::{CronError, CronErrorKind};
pub use pattern::Pattern;
