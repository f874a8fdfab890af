//! The runner under tokio's paused time: the users' view of overlap, timeouts, panics, blocking work, limits,
//! control and stopping. Nothing here sleeps for real.

mod blocking;
mod calendar;
mod context;
mod control;
mod failures;
mod history;
mod info;
mod inline;
mod limit;
mod managers;
mod overlap;
mod pace;
mod panics;
mod payloads;
mod retrying;
mod set_back;
#[cfg(unix)]
mod signals;
mod skips;
mod spans;
mod stage;
mod status;
mod stopping;
mod telemetry;
mod unstarted;
mod wall_clock;
mod watch;
mod workers;

pub(crate) use stage::{Empty, every};
