//! Items that generated code names; not for use by hand, and free to change in any release.

// Casts, because conversions are not `const` yet; an assertion before each makes it exact.
#![allow(clippy::cast_possible_truncation)]

#[cfg(feature = "cron")]
mod cron;
#[cfg(feature = "cron")]
mod cron_message;

use core::num::{NonZeroU32, NonZeroU64};
use core::time::Duration;

pub use core::module_path;
pub use core::primitive::{bool, str, u8, u32};
pub use inventory;
pub use periodic_text::rules::{self, Facts, Rule, Val};

/// Wraps code that needs the feature `cron`, so that a build without it fails once, with a message.
#[cfg(feature = "cron")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_cron {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Wraps code that needs the feature `cron`, so that a build without it fails once, with a message.
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

/// Writes the `impl` of `PeriodicManager`. If a type has two, the compiler's error ends with this name.
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
    Assumed, CHECKED, Call, CallsTasks, Given, Gives, InheritedTasks, Inherits, OpenCall, OpenManager,
    OpenTable, OpenTask, OrNot, PeriodicManager, Probe, ProvidesContext, ProvidesOwner, Shared, TaskOutput,
    Tasks, TraitTasks, by_tasks, call_open, delegate, inherited, shareable,
};
pub use crate::task::{
    Anchor, Ended, Execution, FirstRun, Interval, Jitter, Missed, Overlap, RetrySpec, TaskSpec,
};
#[cfg(feature = "cron")]
pub use cron::{Dst, DstGap, DstRepeat, check_cron, cron};

/// Does nothing without the feature: [`with_cron`] fails the build.
#[cfg(not(feature = "cron"))]
pub const fn check_cron(_: &'static str) {}

/// Returns the end that a task's result means. A function, so that an unmet bound is reported at the task.
pub fn ended<T: TaskOutput>(output: T) -> crate::task::Ended {
    output.ended()
}

/// Fails the build of a manager with a signature that the compiler could read and the attribute could not.
///
/// If neither can read it, the compiler has already reported it, and this error would be a second one. So it depends on
/// a type: it is evaluated only after all else has been accepted.
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

/// Returns a field that is a manager. A function, so that a field that is none is reported once, at its name.
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
    /// The result of [`constant`]. It is named through the trait, so that a type that is no duration is not also
    /// reported to lack a method.
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

/// The nanoseconds of a constant, or the mistake in it.
///
/// A table uses zero for a wrong constant, and an assertion beside the table reports it. The evaluation of a table must
/// not fail, because all that refers to it would fail again.
pub type Read = Result<i64, &'static str>;

const TOO_LONG: &str = "a duration can be at most 292 years long";

/// Wraps a constant; a type that cannot stand for a duration is reported with a message.
pub const fn constant<T: DurationConstant<Read = Constant<T>>>(value: T) -> T::Read {
    Constant(value)
}

macro_rules! whole_seconds {
    ($($type:ty),*) => {$(
        impl Constant<$type> {
            /// Returns the constant in nanoseconds.
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
    /// Returns the constant in nanoseconds, rounded to the nearest. No other place reads a float.
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
    /// Returns the constant in nanoseconds.
    #[allow(clippy::cast_possible_truncation, reason = "the range has been checked")]
    pub const fn read(self) -> Read {
        let nanos = self.0.as_nanos();
        if nanos > i64::MAX as u128 { Err(TOO_LONG) } else { Ok(nanos as i64) }
    }
}

impl Constant<&'static str> {
    /// Returns the constant in nanoseconds.
    pub const fn read(self) -> Read {
        match periodic_text::duration::parse(self.0) {
            Ok(nanos) => Ok(nanos),
            Err(error) => Err(error.problem.advice()),
        }
    }
}

/// Returns the nanoseconds; zero if an assertion reports a mistake.
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

/// Returns the known value of a constant. The mistake in one that cannot be read is reported elsewhere.
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

/// Returns a duration of `nanos` nanoseconds; zero for negative ones, which an assertion beside the table reports.
pub const fn duration(nanos: i64) -> Duration {
    Duration::from_nanos(if nanos < 0 { 0 } else { nanos.unsigned_abs() })
}

/// Returns the count of a `max_runs`; zero is refused before this is called.
pub const fn runs(count: u64) -> NonZeroU64 {
    match NonZeroU64::new(count) {
        Some(count) => count,
        None => NonZeroU64::MIN,
    }
}

/// Returns the count of a `retry`; zero is refused before this is called.
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

/// Whether at most one of `tasks` has this name. There is none if its `#[cfg]` leaves it out.
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

/// Whether a name stands in both tables. Each comes with the names that are left out of it.
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
