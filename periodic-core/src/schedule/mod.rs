//! When slots lie: grids, their boundaries, and the jitter that spreads runs without moving a grid.

mod boundary;
mod grid;
mod jitter;

pub use boundary::nearest_boundary;
pub(crate) use grid::{Grid, NEVER, Passed, Timeline, follows_its_end};
pub(crate) use jitter::Spread;
