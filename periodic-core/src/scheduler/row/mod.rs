//! A row: the state of one task.

mod cold;
mod invariants;
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
pub(crate) use row::{Phase, Row};
pub(crate) use wakes::Wakes;
