//! The rules for a task's declaration: one list for attributes, settings and code, with the same messages.
//!
//! The macros fill [`Facts`] from an attribute's arguments, core fills them from a `TaskSpec` with the settings
//! applied, and both ask each [`Rule`]. A new rule is a row in `message.rs`, its condition in `check.rs`, and a fact
//! if it needs one.

mod check;
mod facts;
mod message;

pub use check::Verdict;
pub use facts::{DEFAULT_BACKOFF, DEFAULT_SPACING, Execution, Facts, From, Missed, Overlap, Val};
pub use message::{Arg, Level, Rule};
