//! The attributes of [`periodic`](https://docs.rs/periodic-tasks): recurring work, declared on a service's own
//! methods.
//!
//! Users depend on the facade `periodic-tasks`, which re-exports the attributes. Generated code names only its hidden
//! module.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod args;
mod errors;
mod expand;
mod manifest;
mod model;
#[cfg(feature = "remotable")]
mod remotable;
mod suggest;
mod validate;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Makes the methods of an `impl` block that carry [`#[periodic_task]`](macro@periodic_task) into the tasks of
/// a manager.
///
/// On an inherent `impl` it implements `PeriodicManager` for the type.
///
/// On a trait it makes the trait a base: each implementing type inherits its tasks with `inherit(Trait)`, and may
/// override them. Such a trait takes `context` and `owner`, and is dyn compatible. The future of an `async fn` that is
/// a task must be `Send`.
///
/// | argument | meaning |
/// | --- | --- |
/// | `context = Type` | each run gets it as `&Type` |
/// | `owner = Type` | for a driver: the manager that includes it; each run gets it as `&Type` |
/// | `include(field, other(except(a, "x.b")))` | the tasks of these fields join, under `field.` |
/// | `inherit(Trait, Other(except(a)))` | the tasks of these traits join; the default context and owner are the trait's |
/// | `open` | tasks declared outside the `impl` join, with `#[periodic_task(manager = ..)]` |
/// | `name = "…"` | the manager's name in full task names, instead of the type's |
/// | `crate = path` | the path of `periodic` where it is re-exported; not needed for another name in `Cargo.toml` |
///
/// A type has one such `impl`, with all its tasks written out in it. Blocks without the attribute hold other methods.
/// Tasks run on several threads, so a manager, its context and its owner are `Send + Sync + 'static`. Use a lock or an
/// atomic for state that changes, and bound a generic manager's parameters accordingly.
///
#[doc = include_str!("manager.md")]
#[proc_macro_attribute]
pub fn periodic_manager(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::manager(args.into(), item.into()).into()
}

/// Declares a periodic task: a method in the `impl` block of a [`#[periodic_manager]`](macro@periodic_manager),
/// or, with `manager = ..`, a free function that joins an open manager.
///
/// A method takes `&self` and any of `&Context`, `&Run` and, in a driver, `&Owner`, distinguished by their types. It
/// returns nothing, `Next`, `Result<(), E>` or `Result<Next, E>`. A plain `fn` runs on the pool for blocking work; an
/// `async fn` is spawned.
///
/// A duration is a number of seconds (`60`, `2.5`), a text with units from long to short (`"1h30m"`, `"90s"`,
/// `"5 minutes"`; the units are `w d h m s ms us ns`), or a constant: a `u64`, `u32`, `i64`, `i32` or `f64` of
/// seconds, a `Duration`, or a `&'static str`. It is exact to the nanosecond, and at most 292 years.
///
/// | argument | meaning | default |
/// | --- | --- | --- |
/// | `spacing = 60` | the time between slots; 0 means the default, a negative value disables the task | 60 s |
/// | `cron = "0 9 * * MON-FRI"`, `cron(hour = 9)`, `tz = "Europe/Berlin"` | instead of a spacing: the slots are times of the wall clock; see below | UTC |
/// | `dst = (gap = first \| skip, overlap = once \| twice)` | the rule for slots at a clock change of the zone | `first`, `once` |
/// | `from = start \| finish` | fixed rate, or fixed delay after the previous run ended | `start` |
/// | `align` | slots are the wall clock's multiples of the spacing | off |
/// | `run_immediately` | the first slot is the start; with `cron` or `align` this slot is additional | off |
/// | `initial_delay = "10s"` | the time from the start to the first slot | one spacing |
/// | `jitter = "5%"`, `"3s"` | the greatest random delay of a run after its slot: at most 100 %, less than the spacing | none |
/// | `name = "…"` | instead of the method's name | |
/// | `enabled = false` | leaves the task out | `true` |
/// | `external_process_ok` | leaves the task out where another process runs the external tasks | off |
/// | `timeout = "30s"` | bounds one attempt | none |
/// | `retry(attempts = 3, backoff = "1s".."30s", jitter)` | tries a failed slot again before the next slot; see below | none |
/// | `overlap = skip \| queue \| replace \| allow(n)` | the rule for a slot while a run is active | `skip` |
/// | `missed = coalesce \| skip \| all(max)` | the rule for slots that passed unpolled | `coalesce` |
/// | `grace = "1m"` | the greatest lateness at which a slot still runs | 60 s for `missed = skip`, else none |
/// | `max_runs = n` | the number of runs after which the task is done | unbounded |
/// | `blocking`, `inline` | the place where a run's code runs | |
/// | `manager = Type` | on a free function: the open manager that it joins | |
/// | `crate = path` | on a free function: the path of `periodic` | |
///
/// `retry` tries a slot again while it fails, panics or passes its `timeout`, up to `attempts` in total. The last
/// attempt's outcome is the slot's. The back-off doubles from the first length to the second; a single length is the
/// length of each. The default is `"1s".."30s"`. `jitter` draws each from the upper half of its length. Between two
/// attempts the task holds no permit, but its run is active: `overlap` decides the effect of a trigger. No attempt
/// starts at or after the next slot, nor after the task was paused, disabled or stopped. Blocking work that passed its
/// timeout continues, and is not tried again.
///
/// Out of range: a `timeout`, a `jitter`, a back-off or a `max_runs` of zero; less than two `attempts`; `allow(0)` and
/// `all(0)`; a jitter of more than 100 %; a back-off that ends shorter than it begins.
///
/// Refused together:
///
/// - `cron` with `spacing`, `from`, `align` or `initial_delay`; `tz` or `dst` without `cron`;
/// - `run_immediately` with `initial_delay`; `align` with `from = finish` or `initial_delay`;
/// - `from = finish` with `overlap` or `missed`; `inline` with another `overlap` than `skip`;
/// - `replace` on blocking work;
/// - a `timeout` longer than the spacing, unless `overlap` is given;
/// - a jitter or a back-off that is not shorter than the spacing.
///
/// Settings and code have the same rules and error texts, checked when the table is built or the task is added. There a
/// `timeout`, a jitter or a back-off that is too long for the spacing is only a warning.
///
#[doc = include_str!("cron.md")]
#[proc_macro_attribute]
pub fn periodic_task(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::free_task(args.into(), item.into()).into()
}

/// Makes methods of a serde type run at an object's home: here, or at a conductor.
///
/// It stands on the type's `impl`, and on the methods in it that may run elsewhere. Such a method is an `async fn`
/// with `&self`, `&mut self`, or no `self` and a first argument `home: &Home`. Its further arguments are values that
/// serde reads and writes, and it returns `Result<T, E>` with an `E` that has `Display` and `From<CallError>`. The type
/// has a field of type `Home` that serde skips.
///
/// | argument, on the `impl` | meaning | default |
/// | --- | --- | --- |
/// | `home = field` | the field that holds the home | `home` |
/// | `name = "…"` | the name by which the conductor finds the type | the type's name |
/// | `crate = path` | the path of `periodic` | `::periodic` |
///
#[cfg(feature = "remotable")]
#[doc = include_str!("remotable.md")]
#[proc_macro_attribute]
pub fn remotable(args: TokenStream, item: TokenStream) -> TokenStream {
    remotable::expand(args.into(), item.into()).into()
}
