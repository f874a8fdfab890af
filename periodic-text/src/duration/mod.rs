//! Durations: `"90s"`, `"1h30m"`, `"2.5"`.
//!
//! Numbers are read digit by digit. No floating point is involved, so `"0.1s"` is exactly 100 ms.

mod error;
mod format;
mod parse;
mod unit;

pub use error::{DurationError, Problem};
pub use format::{Written, written};
pub use parse::parse;
