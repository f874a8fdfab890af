//! When slots lie. What is public here is the boundary of a grid; the grids themselves belong to the scheduler.

mod boundary;
mod grid;
mod jitter;

pub use boundary::nearest_boundary;
pub(crate) use grid::{Grid, NEVER, Passed, Timeline, follows_its_end};
pub(crate) use jitter::{Spread, mix};
