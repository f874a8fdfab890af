//! The texts of declarations, settings and control calls of [`periodic`](https://docs.rs/periodic-tasks), with one
//! reading.
//!
//! A leaf crate, because several places read the same text. The macros read it when they expand an attribute, and
//! `const` evaluation when an argument names a constant. At run time, settings and control calls hold it. One
//! implementation gives a duration, a name, a mistyped name, and the [`rules`] of a declaration the same meaning in all
//! of them. The crate also makes printed texts harmless and bounded.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

extern crate alloc;

mod bounded;
mod choice;
pub mod duration;
mod escaped;
mod look_alike;
pub mod name;
mod near;
mod quoted;
pub mod rules;
mod seconds;
mod share;
mod time_of_day;
mod whole;

pub use bounded::{LONGEST_TEXT, bounded};
pub use choice::{OneOf, no_choice, no_number};
pub use escaped::{Escaped, escaped, is_harmless};
pub use look_alike::{Instead, LookAlike, first_look_alike, look_alike};
pub use near::{distance, nearest};
pub use quoted::{Quoted, cut, quoted};
pub use seconds::{Seconds, seconds};
pub use share::{WrittenShare, share, written_share};
pub use time_of_day::{TimeOfDay, time_of_day};
pub use whole::whole;
