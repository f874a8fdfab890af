//! The timer with which the serving loop sleeps.

#[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
mod precise;
#[expect(clippy::module_inception, reason = "the file of the type of that name")]
mod timer;

pub(in crate::runner) use timer::{Moment, Timer, no_precise_timers};
