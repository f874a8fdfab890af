//! The timer with which the serving loop sleeps.

#[cfg(all(feature = "precise", any(target_os = "linux", target_os = "android")))]
mod precise;
mod sleep;

pub(in crate::runner) use sleep::{Moment, Timer, no_precise_timers};
