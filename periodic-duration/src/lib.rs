//! The text form of durations: `"90s"`, `"1h30m"`, `"2.5"`.
//!
//! A leaf crate, because the same text is read in three places: by the macros when the attribute is
//! expanded, by `const` evaluation when an argument names a constant, and at start when a settings file
//! overrides one. One parser means that a spacing means the same in all three.
//!
//! Numbers are read digit by digit. No floating point is involved, so `"0.1s"` is exactly 100 ms.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod error;
mod format;
mod parse;
mod unit;

pub use error::{DurationError, Problem};
pub use format::{Written, written};
pub use parse::parse;
