//! The timer with which the serving loop sleeps.

#[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
mod precise;
mod timer;

pub(in crate::runner) use timer::{Moment, Timer, no_precise_timers};
