//! The simulator: a manager's tasks in virtual time, for tests.
//!
//! A [`Simulation`] takes a manager's table and a script. The script states the durations and the ends of runs
//! ([`Takes`]), and the events of the service meanwhile ([`ScriptEvent`]): clocks that are set, suspends, stops, restarts,
//! control calls. It drives the same [`Scheduler`](crate::Scheduler) that runs in production, from one event to the
//! next, so a month takes milliseconds. No code of a task runs.
//!
//! The result is a [`Timeline`]: an iterator of the outcome of each slot, whose memory does not grow with the simulated
//! time. Most tests ask one of its [folds](fold), which return a [`Mismatch`] that is readable in a failed test.
//!
//! # Examples
//! A poll that sometimes takes longer than its spacing, on a machine that sleeps for an hour:
//! ```
//! use periodic_core::sim::{ScriptEvent, Simulation, Takes};
//! use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
//!
//! let poll = TaskSpec::new("poll").every(Interval::from_secs(600));
//! let simulation = Simulation::default()
//!     .with(Task::new(TaskName::new("Manager", "poll")?, poll))
//!     .start("2026-03-28T09:00:00Z")
//!     .task("poll", Takes::listed(["1s", "15m"]))
//!     .at("45m", ScriptEvent::suspend("1h"));
//!
//! let timeline = simulation.run_for("2h")?;
//! timeline.expect([
//!     ("09:10:00", "poll", "ok"),
//!     ("09:20:00", "poll", "ok"),
//!     ("09:30:00", "poll", "skipped: overlap"),
//!     ("09:40:00", "poll", "ok"),
//!     ("09:50:00 .. 10:30:00, 5 slots", "poll", "coalesced into 10:40:00"),
//!     ("10:50:00", "poll", "skipped: overlap"),
//! ])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod diff;
mod error;
#[cfg(feature = "forecast")]
mod fleet;
pub mod fold;
mod happen;
mod mismatch;
mod names;
mod player;
mod process;
mod record;
mod runs;
mod script;
mod script_event;
mod serve;
mod simulation;
mod span;
mod takes;
mod timeline;
mod walls;

pub use error::{Refused, ScriptError, ScriptProblem};
#[cfg(feature = "forecast")]
pub(crate) use fleet::play_together;
pub use mismatch::Mismatch;
pub use record::SimRecord;
pub use script_event::ScriptEvent;
pub use simulation::Simulation;
pub use span::{Moment, Span};
pub use takes::Takes;
pub use timeline::Timeline;
