//! The attributes of [`periodic`](https://docs.rs/periodic-tasks): recurring work, declared on a service's own
//! methods.
//!
//! Users depend on the facade `periodic-tasks`, which re-exports both attributes; generated code names nothing
//! but its hidden module.
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
/// On a trait it makes the trait a base: whoever implements it inherits its tasks, with `inherit(Trait)`, and
/// may override them. Such a trait takes `context` and `owner`, and is dyn compatible. In it an `async fn` that
/// is a task is one of which a `Send` future is asked.
///
/// | argument | meaning |
/// | --- | --- |
/// | `context = Type` | what each run is given as `&Type` |
/// | `owner = Type` | for a driver: the manager that includes it, given as `&Type` |
/// | `include(field, other(except(a, "x.b")))` | the tasks of these fields join, under `field.` |
/// | `inherit(Trait, Other(except(a)))` | the tasks of these traits join; context and owner are the trait's if none is given |
/// | `open` | tasks declared outside the `impl` join, with `#[periodic_task(manager = ..)]` |
/// | `name = "…"` | the manager's name in full task names, instead of the type's |
/// | `crate = path` | where `periodic` is found, for those who re-export it; another name in `Cargo.toml` needs no word |
///
/// A type has one such `impl`, with all its tasks written out in it; blocks without the attribute hold other methods. Tasks
/// run on several threads, so a manager, its context and its owner are `Send + Sync + 'static`: a lock or an atomic holds
/// what changes, and a generic manager's parameters are bound accordingly.
///
#[doc = include_str!("manager.md")]
#[proc_macro_attribute]
pub fn periodic_manager(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::manager(args.into(), item.into()).into()
}

/// Declares a periodic task: a method in the `impl` block of a [`#[periodic_manager]`](macro@periodic_manager),
/// or, with `manager = ..`, a free function that joins an open manager.
///
/// A method takes `&self` and any of `&Context`, `&Run` and, in a driver, `&Owner`, told apart by their types.
/// It returns nothing, `Next`, `Result<(), E>` or `Result<Next, E>`. A plain `fn` runs on the pool for blocking
/// work, an `async fn` is spawned.
///
/// A duration is a number of seconds (`60`, `2.5`), a text with units from long to short (`"1h30m"`, `"90s"`,
/// `"5 minutes"`; the units are `w d h m s ms us ns`), or a constant: a `u64`, `u32`, `i64`, `i32` or `f64` of
/// seconds, a `Duration`, or a `&'static str`. It is exact to the nanosecond, and at most 292 years.
///
/// | argument | meaning | default |
/// | --- | --- | --- |
/// | `spacing = 60` | the distance of the slots; 0 is the default, negative disables | 60 s |
/// | `cron = "0 9 * * MON-FRI"`, `cron(hour = 9)`, `tz = "Europe/Berlin"` | in place of a spacing: the slots are times on the wall clock, see below | UTC |
/// | `dst = (gap = first \| skip, overlap = once \| twice)` | what becomes of slots where the zone's clocks are set | `first`, `once` |
/// | `from = start \| finish` | fixed rate, or fixed delay after the previous run ended | `start` |
/// | `align` | slots are the wall clock's multiples of the spacing | off |
/// | `run_immediately` | the first slot is the start; with `cron` or `align` it is one more | off |
/// | `initial_delay = "10s"` | the first slot is so long after the start | one spacing |
/// | `jitter = "5%"`, `"3s"` | each run is moved behind its slot by up to this: at most 100 %, less than the spacing | none |
/// | `name = "…"` | instead of the method's name | |
/// | `enabled = false` | the task is left out | `true` |
/// | `external_process_ok` | left out where another process runs the external tasks | off |
/// | `timeout = "30s"` | bounds one attempt | none |
/// | `retry(attempts = 3, backoff = "1s".."30s", jitter)` | tries a slot that failed again before the next slot; below | none |
/// | `overlap = skip \| queue \| replace \| allow(n)` | when a run is still going at the next slot | `skip` |
/// | `missed = coalesce \| skip \| all(max)` | slots that passed while nobody polled | `coalesce` |
/// | `grace = "1m"` | the greatest lateness at which a slot is still run | 60 s for `missed = skip`, else none |
/// | `max_runs = n` | then the task is done | unbounded |
/// | `blocking`, `inline` | where a run's code runs | |
/// | `manager = Type` | on a free function: the open manager that it joins | |
/// | `crate = path` | on a free function: where `periodic` is found | |
///
/// `retry` tries a slot so many times, the first counted, while it fails, panics or passes its `timeout`; the last
/// attempt's outcome is the slot's. The back-off doubles from the first length to the second; one length alone is
/// that of each. It is `"1s".."30s"` if none is given. `jitter` draws each from the upper half of its length.
/// Between two attempts the task takes no place of the run limit, but it is going: `overlap` decides what a trigger
/// does meanwhile. No attempt starts at or after the next slot, nor once the task was paused, disabled or stopped.
/// Blocking work that passed its timeout goes on, and is not tried again.
///
/// Out of range: a `timeout`, a `jitter`, a back-off or a `max_runs` of zero, less than two `attempts`, `allow(0)`,
/// `all(0)`, a jitter of more than 100 %, a back-off that ends shorter than it begins. Refused together: `cron` with `spacing`, `from`, `align` or `initial_delay`; `tz` or `dst` without `cron`;
/// `run_immediately` with `initial_delay`; `align` with `from = finish` or `initial_delay`;
/// `from = finish` with `overlap` or `missed`; a `timeout` longer than the spacing unless `overlap` is stated;
/// `inline` with another `overlap` than `skip`; `replace` on blocking work; a jitter or a back-off that is not shorter
/// than the spacing. Settings and code keep the same rules, and are refused in the same words when the table is made or
/// the task is added; there a `timeout`, a jitter and a back-off that are too long for the spacing are a warning.
///
#[doc = include_str!("cron.md")]
#[proc_macro_attribute]
pub fn periodic_task(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::free_task(args.into(), item.into()).into()
}

/// Makes methods of a serde type run where an object's home is: here, or at a conductor.
///
/// It goes on the type's `impl`, and on those methods in it that may run elsewhere. Such a method is an `async fn`
/// with `&self`, `&mut self`, or no `self` and a first argument `home: &Home`. Its further arguments are values that
/// serde reads and writes, and it returns `Result<T, E>` with an `E` that has `Display` and `From<CallError>`. The type
/// has a field of type `Home` that serde skips.
///
/// | argument, on the `impl` | meaning | default |
/// | --- | --- | --- |
/// | `home = field` | the field that holds the home | `home` |
/// | `name = "…"` | by which the conductor finds the type | the type's name |
/// | `crate = path` | where `periodic` is found | `::periodic` |
///
#[cfg(feature = "remotable")]
#[doc = include_str!("remotable.md")]
#[proc_macro_attribute]
pub fn remotable(args: TokenStream, item: TokenStream) -> TokenStream {
    remotable::expand(args.into(), item.into()).into()
}
