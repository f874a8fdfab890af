//! Names of the user's that are also names of the language, of std, or in generated code.
#![allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = "the names are the point")]

use ::periodic::task::Run as TheRun;
use ::periodic::{periodic_manager, periodic_task};

macro_rules! types {
    ($($name:ident),*) => {$( #[derive(Debug)] pub(super) struct $name; )*};
}

types!(bool, char, f64, i64, i128, str, u8, u32, u64, usize);
types!(Box, Err, None, Ok, Option, Result, Some, String, Vec);
types!(Call, Context, Duration, Given, Owner, PeriodicManager, Run, TaskSpec);
types!(call_inline, collector, context, given, manager, owner, rest, row);

macro_rules! traits {
    ($($name:ident),*) => {$( pub(super) trait $name {} impl $name for Manager {} )*};
}

traits!(AsRef, Clone, Copy, Default, Drop, Fn, From, Future, Into, Iterator, Send, Sized, Sync, ToString);

macro_rules! modules {
    ($($name:ident),*) => {$( mod $name {} )*};
}

modules!(alloc, core, inventory, periodic, std);

macro_rules! macros {
    ($dollar:tt $($name:ident),*) => {$(
        #[allow(unused_macros)]
        macro_rules! $name { () => {}; }
    )*};
}

macros!($ assert, compile_error, concat, module_path, panic, vec);

fn call() {}
fn collect() {}

const PERIOD: &::core::primitive::str = "5s";
const EVERY: ::core::primitive::u64 = 6;
const NIGHTLY: &::core::primitive::str = "0 3 * * *";

struct Driver;

#[periodic_manager(context = Context, owner = Manager)]
impl Driver {
    #[periodic_task]
    fn check(&self, the_manager: &Manager, _: &Context) {
        let _ = the_manager.number;
    }
}

#[periodic_manager(context = Context)]
trait Base {
    #[periodic_task(spacing = 3, timeout = 2, overlap = allow(2))]
    async fn report(&self, _: &Context, run: &TheRun) {
        let _ = run;
    }

    #[periodic_task]
    fn plain(&self) -> ::core::result::Result<(), ::std::string::String> {
        ::core::result::Result::Ok(())
    }
}

struct Manager {
    number: ::core::primitive::u32,
    driver: Driver,
}

impl Base for Manager {}

#[periodic_manager(context = Context, include(driver), inherit(Base), open)]
impl Manager {
    #[periodic_task(spacing = EVERY, jitter = "5%", retry(attempts = 3, backoff = 1..3))]
    fn call(&self, _: &Context) {}

    #[periodic_task(spacing = PERIOD, timeout = 2, missed = all(3), grace = 5, max_runs = 4, initial_delay = 0.25)]
    async fn collect(&self) {
        call();
        collect();
    }

    #[periodic_task(cron = NIGHTLY, tz = "Europe/Berlin", dst = (gap = skip))]
    async fn context(&self) {}

    #[periodic_task(cron(hour = 9))]
    async fn owner(&self) {}

    #[periodic_task(inline)]
    async fn call_inline(&self, run: &TheRun) {
        let _ = run;
    }

    #[periodic_task(spacing = "1m", jitter = PERIOD, from = finish, name = "finished")]
    async fn manager(&self) {}
}

#[periodic_task(manager = Manager, spacing = EVERY)]
async fn outside(_: &Manager, run: &TheRun) {
    let _ = run;
}

struct Generic<T>(T);

#[periodic_manager]
impl<T: ::core::marker::Send + ::core::marker::Sync + 'static> Generic<T> {
    #[periodic_task]
    fn collect(&self) {
        let _ = &self.0;
    }

    #[periodic_task(inline)]
    async fn call(&self) {}
}

#[test]
fn may_be_those_of_the_language_and_of_generated_code() {
    assert_eq!(super::names(&Manager { number: 3, driver: Driver }).len(), 10);
    assert_eq!(super::names(&Generic(5)), ["Generic.collect", "Generic.call"]);
}
