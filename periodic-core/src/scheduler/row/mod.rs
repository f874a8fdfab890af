//! A row: the state of one task.

mod cold;
mod decided;
mod invariants;
mod phase;
mod record;
mod row;
mod runs;
mod schedule;
mod set_back;
mod shape;
mod wakes;

#[doc(hidden)]
pub use row::bytes;

pub(crate) use cold::Cold;
pub(crate) use phase::{Decided, Pace, PassHints, Phase, Shape};
pub(crate) use row::Row;
pub(crate) use wakes::Wakes;
