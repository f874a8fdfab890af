//! Settings from files, the environment and code: their meaning, their mistakes, and reloads.

mod any_text;
mod effects;
mod equivalence;
mod mistakes;
mod place;
mod precedence;
mod reload;
mod sample;
mod telemetry;
mod variables;
mod wall_clock;
mod watch;

pub(crate) use place::Place;
pub(crate) use place::read;
