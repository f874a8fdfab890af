//! What generated code names; not for use by hand, and free to change in any release.

// Casts, because conversions are not `const` yet; each stands behind an assertion that makes it exact.
#![allow(clippy::cast_possible_truncation)]

#[cfg(feature = "cron")]
mod cron;
#[cfg(feature = "cron")]
mod cron_message;

use core::num::{NonZeroU32, NonZeroU64};
use core::time::Duration;

pub use core::module_path;
pub use core::primitive::{bool, str, u32};
pub use inventory;
pub use periodic_text::rules::{self, Facts, Rule, Val};

/// Wraps what names something of the feature `cron`, so that a build without it fails once and in words.
#[cfg(feature = "cron")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_cron {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Wraps what names something of the feature `cron`, so that a build without it fails once and in words.
#[cfg(not(feature = "cron"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_cron {
    ($($tokens:tt)*) => {
        ::core::compile_error!(
            "`cron` needs the feature `cron` of `periodic-tasks`: cargo add periodic-tasks --features cron"
        )
    };
}

pub use __with_cron as with_cron;

/// Writes the `impl` of `PeriodicManager`. Where a type has two, the compiler's error ends with this name.
#[doc(hidden)]
#[macro_export]
macro_rules! __all_tasks_of_a_type_stand_in_one_impl {
    ($($tokens:tt)*) => {
        #[automatically_derived]
        impl $($tokens)*
    };
}

pub use __all_tasks_of_a_type_stand_in_one_impl as all_tasks_of_a_type_stand_in_one_impl;

pub use crate::catalogue::Declaration;
pub use crate::manager::collector::Collector;
pub use crate::manager::{
    Call, Given, Gives, Inherits, OpenManager, OpenTable, OpenTask, OrNot, PeriodicManager, Probe,
    ProvidesContext, ProvidesOwner, Shared, TaskOutput, Tasks, TraitTasks, by_tasks, call_open, delegate,
    shareable,
};
pub use crate::task::{
    Anchor, Ended, Execution, FirstRun, Interval, Jitter, Missed, Overlap, RetrySpec, TaskSpec,
};
#[cfg(feature = "cron")]
pub use cron::{Dst, Gap, Repeated, check_cron, cron};

/// Without the feature there is nothing to check: [`with_cron`] fails the build.
#[cfg(not(feature = "cron"))]
pub const fn check_cron(_: &'static str) {}

/// The end that a task's result means; a function, so that the bound is reported at the task.
pub fn ended<T: TaskOutput>(output: T) -> crate::task::Ended {
    output.ended()
}

/// Fails the build of a manager with a signature that the compiler could read and the attribute could not.
///
/// Of one that neither can read the compiler has told. So this is not to be said beside it: it depends on a type, and is
/// looked at only when all else has been accepted.
///
/// # Panics
/// At compile time.
///
/// # Examples
/// ```compile_fail,E0080
/// periodic_core::private::unread::<u8>();
/// ```
pub const fn unread<M: ?Sized>() {
    const { panic!("`#[periodic_manager]` cannot read the signature of one of these tasks, so it would never run") }
}

/// A field that is a manager; a function, so that one that is none is reported once, at its name.
pub const fn included<M: PeriodicManager + ?Sized>(field: &M) -> &M {
    field
}

/// Checks at compile time that a constant can stand for a duration.
#[diagnostic::on_unimplemented(
    message = "a constant of type `{Self}` cannot stand for a duration",
    label = "not a duration",
    note = "use a `u64`, `u32`, `i64`, `i32` or `f64` of seconds, a `Duration`, or a `&'static str` as in \"1h30m\""
)]
pub trait DurationConstant {
    /// The answer of [`constant`]. It is named through the trait, so that a type that is no duration is not also said to lack
    /// a method.
    type Read;
}

macro_rules! duration_constants {
    ($($type:ty),*) => {$( #[diagnostic::do_not_recommend] impl DurationConstant for $type {
        type Read = Constant<$type>;
    } )*};
}

duration_constants!(u64, u32, i64, i32, f64, Duration, &'static str);

/// A constant that an attribute names; one inherent `read` for each type, because traits have no `const fn`.
#[derive(Debug)]
pub struct Constant<T>(pub T);

/// The nanoseconds of a constant, or what is wrong with it.
///
/// A table takes a wrong constant for zero, and an assertion beside the table reports it: the evaluation of a
/// table must not fail, because all that refers to it would fail again.
pub type Read = Result<i64, &'static str>;

const TOO_LONG: &str = "a duration can be at most 292 years long";

/// Wraps a constant, and reports a type that cannot stand for a duration in words.
pub const fn constant<T: DurationConstant<Read = Constant<T>> + Copy>(value: T) -> T::Read {
    Constant(value)
}

macro_rules! whole_seconds {
    ($($type:ty),*) => {$(
        impl Constant<$type> {
            /// The constant in nanoseconds.
            #[allow(clippy::cast_lossless, clippy::cast_possible_truncation, reason = "one body for four types")]
            pub const fn read(self) -> Read {
                let nanos = self.0 as i128 * 1_000_000_000;
                if nanos.unsigned_abs() > i64::MAX as u128 { Err(TOO_LONG) } else { Ok(nanos as i64) }
            }
        }
    )*};
}

whole_seconds!(u64, u32, i64, i32);

impl Constant<f64> {
    /// The constant in nanoseconds, rounded to the nearest: the one place where a float is read.
    #[allow(clippy::cast_possible_truncation, reason = "the range has been checked")]
    pub const fn read(self) -> Read {
        let nanos = self.0 * 1e9;
        if !(nanos > -9.22e18 && nanos < 9.22e18) {
            return Err("a duration must be a number of at most 292 years");
        }
        Ok((if nanos < 0.0 { nanos - 0.5 } else { nanos + 0.5 }) as i64)
    }
}

impl Constant<Duration> {
    /// The constant in nanoseconds.
    #[allow(clippy::cast_possible_truncation, reason = "the range has been checked")]
    pub const fn read(self) -> Read {
        let nanos = self.0.as_nanos();
        if nanos > i64::MAX as u128 { Err(TOO_LONG) } else { Ok(nanos as i64) }
    }
}

impl Constant<&'static str> {
    /// The constant in nanoseconds.
    pub const fn read(self) -> Read {
        match periodic_text::duration::parse(self.0) {
            Ok(nanos) => Ok(nanos),
            Err(error) => Err(error.problem.advice()),
        }
    }
}

/// The nanoseconds; zero where an assertion reports that they are wrong.
pub const fn nanos(read: Read) -> i64 {
    match read {
        Ok(nanos) => nanos,
        Err(_) => 0,
    }
}

/// Fails the build with `message` unless `is_met`.
///
/// # Panics
/// At compile time, at the user's token.
#[track_caller]
pub const fn check(is_met: bool, message: &'static str) {
    assert!(is_met, "{}", message);
}

/// Fails the build if a constant cannot be read.
///
/// # Panics
/// At compile time, at the user's token.
#[track_caller]
pub const fn check_read(read: Read) {
    if let Err(problem) = read {
        panic!("{}", problem);
    }
}

/// What is known of a constant; what is wrong with one that cannot be read has been reported.
pub const fn val(read: Read) -> Val {
    match read {
        Ok(nanos) => Val::Is(nanos),
        Err(_) => Val::Unknown,
    }
}

/// Fails the build if a declaration breaks a rule.
///
/// # Panics
/// At compile time, at the user's token.
#[track_caller]
pub const fn check_rule(rule: Rule, facts: &Facts) {
    assert!(!rule.broken(facts), "{}", rule.message());
}

/// A duration of so many nanoseconds; of negative ones an assertion beside the table tells in better words.
pub const fn duration(nanos: i64) -> Duration {
    Duration::from_nanos(if nanos < 0 { 0 } else { nanos.unsigned_abs() })
}

/// The count of a `max_runs`; zero is refused before this is called.
pub const fn runs(count: u64) -> NonZeroU64 {
    match NonZeroU64::new(count) {
        Some(count) => count,
        None => NonZeroU64::MIN,
    }
}

/// The count of a `retry`; zero is refused before this is called.
pub const fn attempts(count: u32) -> NonZeroU32 {
    match NonZeroU32::new(count) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
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

/// Whether at most one of `tasks` has this name; none if its `#[cfg]` leaves it out.
pub const fn has_no_second(tasks: &[TaskSpec], name: &str) -> bool {
    let (mut index, mut count) = (0, 0);
    while index < tasks.len() {
        if same(tasks[index].name, name) {
            count += 1;
        }
        index += 1;
    }
    count <= 1
}

/// Whether a name stands in both tables, each with the names that are left out of it.
pub const fn shares_a_name(left: (&[TaskSpec], &[&str]), right: (&[TaskSpec], &[&str])) -> bool {
    let mut index = 0;
    while index < left.0.len() {
        let name = left.0[index].name;
        if has_task(right.0, name) && !contains(left.1, name) && !contains(right.1, name) {
            return true;
        }
        index += 1;
    }
    false
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut index = 0;
    while index < names.len() {
        if same(names[index], name) {
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

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn constants_are_read_or_refused() {
        assert_eq!(constant(60_u64).read(), Ok(60 * SECOND));
        assert_eq!(constant(-5_i32).read(), Ok(-5 * SECOND));
        assert_eq!(constant(0.1).read(), Ok(SECOND / 10));
        assert_eq!(constant(-0.1).read(), Ok(-SECOND / 10));
        assert_eq!(constant(Duration::from_millis(2500)).read(), Ok(SECOND * 5 / 2));
        assert_eq!(constant("1m").read(), Ok(60 * SECOND));
        assert_eq!(constant(u64::MAX).read(), Err(TOO_LONG));
        assert_eq!(constant(Duration::MAX).read(), Err(TOO_LONG));
        assert!(constant(f64::NAN).read().is_err() && constant(1e10).read().is_err());
        assert!(constant("5x").read().is_err());
        assert_eq!(nanos(constant("5x").read()), 0);
        assert_eq!((val(constant("5x").read()), val(Ok(5))), (Val::Unknown, Val::Is(5)));
    }

    #[test]
    fn names_are_compared_whole_and_without_those_left_out() {
        let (left, right) = ([TaskSpec::new("poll"), TaskSpec::new("sync")], [TaskSpec::new("sync")]);
        assert!(has_task(&left, "poll") && !has_task(&left, "pol"));
        assert!(shares_a_name((&left, &[]), (&right, &[])));
        assert!(!shares_a_name((&left, &["sync"]), (&right, &[])));
        assert!(!shares_a_name((&left, &[]), (&right, &["sync"])));
        assert!(!shares_a_name((&left[..1], &[]), (&right, &[])));
        assert!(has_no_second(&left, "poll") && has_no_second(&left, "gone"));
        assert!(!has_no_second(&[left[0], left[0]], "poll"));
    }
}
