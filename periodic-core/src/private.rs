//! What generated code names; not for use by hand, and free to change in any release.

// Casts, because conversions are not `const` yet; each stands behind an assertion that makes it exact.
#![allow(clippy::cast_possible_truncation)]

use core::time::Duration;

pub use core::primitive::{bool, str, u32};
pub use core::{assert, module_path};
pub use inventory;

pub use crate::catalogue::Declaration;
pub use crate::manager::{
    Call, Given, Gives, Inherits, OpenManager, OpenTask, PeriodicManager, ProvidesContext, ProvidesOwner,
    TaskOutput, TraitTasks, delegate,
};
pub use crate::table::Collector;
pub use crate::task::{Anchor, Execution, FirstRun, Interval, Jitter, Missed, Overlap, TaskSpec};

/// The end that a task's result means; a function, so that the bound is reported at the task.
pub fn ended<T: TaskOutput>(output: T) -> crate::task::Ended {
    output.ended()
}

/// Checks at compile time that a constant can stand for a duration.
#[diagnostic::on_unimplemented(
    message = "a constant of type `{Self}` cannot stand for a duration",
    label = "not a duration",
    note = "use a `u64`, `u32`, `i64`, `i32` or `f64` of seconds, a `Duration`, or a `&'static str` as in \"1h30m\""
)]
pub trait DurationConstant {}

macro_rules! duration_constants {
    ($($type:ty),*) => {$( impl DurationConstant for $type {} )*};
}

duration_constants!(u64, u32, i64, i32, f64, Duration, &'static str);

/// A constant that an attribute names; one inherent `nanos` for each type, because traits have no `const fn`.
#[derive(Debug)]
pub struct Constant<T>(pub T);

/// Wraps a constant, and reports a type that cannot stand for a duration in words.
pub const fn constant<T: DurationConstant + Copy>(value: T) -> Constant<T> {
    Constant(value)
}

macro_rules! whole_seconds {
    ($($type:ty),*) => {$(
        impl Constant<$type> {
            /// The constant in nanoseconds.
            ///
            /// # Panics
            /// At compile time, if it is longer than 292 years.
            pub const fn nanos(self) -> i64 {
                let nanos = self.0 as i128 * 1_000_000_000;
                assert!(nanos.unsigned_abs() <= i64::MAX as u128, "a duration can be at most 292 years long");
                nanos as i64
            }
        }
    )*};
}

whole_seconds!(u64, u32, i64, i32);

impl Constant<f64> {
    /// The constant in nanoseconds, rounded to the nearest: the one place where a float is read.
    ///
    /// # Panics
    /// At compile time, if it is not a number, or longer than 292 years.
    pub const fn nanos(self) -> i64 {
        let nanos = self.0 * 1e9;
        assert!(nanos > -9.22e18 && nanos < 9.22e18, "a duration must be a number of at most 292 years");
        (if nanos < 0.0 { nanos - 0.5 } else { nanos + 0.5 }) as i64
    }
}

impl Constant<Duration> {
    /// The constant in nanoseconds.
    ///
    /// # Panics
    /// At compile time, if it is longer than 292 years.
    pub const fn nanos(self) -> i64 {
        let nanos = self.0.as_nanos();
        assert!(nanos <= i64::MAX as u128, "a duration can be at most 292 years long");
        nanos as i64
    }
}

impl Constant<&'static str> {
    /// The constant in nanoseconds.
    ///
    /// # Panics
    /// At compile time, if it is not a duration.
    pub const fn nanos(self) -> i64 {
        match periodic_duration::parse(self.0) {
            Ok(nanos) => nanos,
            Err(error) => panic!("{}", error.problem.advice()),
        }
    }
}

/// A duration of so many nanoseconds; negative ones are refused before this is called.
pub const fn duration(nanos: i64) -> Duration {
    assert!(nanos >= 0, "this duration is negative");
    Duration::from_nanos(nanos.unsigned_abs())
}

/// Whether `name` is one of `tasks`.
pub const fn has_task(tasks: &[TaskSpec], name: &str) -> bool {
    let mut index = 0;
    while index < tasks.len() {
        if same(tasks[index].name, name) {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether a name stands in both tables.
pub const fn shares_a_name(left: &[TaskSpec], right: &[TaskSpec]) -> bool {
    let mut index = 0;
    while index < left.len() {
        if has_task(right, left[index].name) {
            return true;
        }
        index += 1;
    }
    false
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}
