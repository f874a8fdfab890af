//! The texts that people write for [`periodic`](https://docs.rs/periodic-tasks), read the same everywhere.
//!
//! A leaf crate, because the same text is read in several places: by the macros when an attribute is
//! expanded, by `const` evaluation when an argument names a constant, at start when settings are applied, and
//! by control calls while a service runs. One implementation means that a duration, a name that is
//! nearly right, and the [`rules`] of a declaration mean the same in all of them.
#![no_std]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

extern crate alloc;

pub mod duration;
mod look_alike;
mod near;
pub mod rules;
mod share;

pub use look_alike::{Instead, LookAlike, first_look_alike, look_alike};
pub use near::nearest;
pub use share::{WrittenShare, share, written_share};
