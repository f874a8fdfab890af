//! The texts that people write for [`periodic`](https://docs.rs/periodic-tasks), read the same everywhere.
//!
//! A leaf crate, because the same text is read in several places: by the macros when an attribute is
//! expanded, by `const` evaluation when an argument names a constant, at start when settings are applied, and
//! by control calls while a service runs. One implementation means that a duration, a name, a name that is
//! nearly right, and the [`rules`] of a declaration mean the same in all of them. What is printed for people is here
//! too: harmless, and bounded.
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
pub mod rules;
mod share;

pub use bounded::{LONGEST_TEXT, bounded};
pub use choice::{OneOf, no_choice, no_number};
pub use escaped::{Escaped, Quoted, cut, escaped, is_harmless, quoted};
pub use look_alike::{Instead, LookAlike, first_look_alike, look_alike};
pub use near::{distance, nearest};
pub use share::{WrittenShare, share, written_share};
