//! A row: the state of one task.

mod cold;
mod decided;
mod invariants;
mod next_wake;
mod phase;
mod record;
mod row;
mod runs;
mod schedule;
mod set_back;
mod shape;

#[doc(hidden)]
pub use row::bytes;

pub(crate) use cold::Cold;
pub(crate) use next_wake::NextWake;
pub(crate) use phase::{Decided, Pace, PassHints, Phase, Shape};
pub(crate) use row::Row;
