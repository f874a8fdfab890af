//! What the attributes generate, compiled and run: each shape by calling its rows as a runner would.
#![allow(
    clippy::unused_self,
    clippy::unused_async,
    clippy::needless_lifetimes,
    clippy::needless_arbitrary_self_type,
    clippy::trivially_copy_pass_by_ref,
    reason = "the tasks are here for the shapes of their signatures"
)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::table::Task;
use periodic::task::{Execution, Next, Run, ScheduleSpec};
use periodic::time::{Instant, ManualClock};
use periodic::{
    PeriodicManager, PeriodicTasks, RaiseOnError, Settings, TaskTable, periodic_manager, periodic_task,
};

/// Lets all tasks with the default spacing run once.
async fn run_once<M: PeriodicManager<Owner = ()>>(manager: M, context: &M::Context) -> Arc<M> {
    let manager = Arc::new(manager);
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Arc::clone(&manager), clock.clone(), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(60));
    tasks.run_periodic_tasks(context, RaiseOnError::Yes).await.unwrap();
    manager
}

fn names<M: PeriodicManager>(manager: &M) -> Vec<String> {
    let table = TaskTable::of(manager, &Settings::default()).unwrap();
    table.tasks().iter().map(|task| task.name().to_string()).collect()
}

fn interval(task: &Task) -> i64 {
    match task.spec().schedule {
        ScheduleSpec::Every { interval, .. } => interval.as_nanos(),
        _ => panic!("the task has no spacing"),
    }
}

/// Notes who was called with what.
#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Context {
    user: &'static str,
}

mod parameters {
    use super::*;

    #[derive(Default)]
    struct Compute(Log);

    #[periodic_manager(context = Context)]
    impl Compute {
        #[periodic_task]
        fn nothing(&self) {
            self.0.note("nothing");
        }

        #[periodic_task]
        async fn in_any_order<'run>(&self, run: &'run Run, context: &Context) -> Result<(), String> {
            self.0.note(format!("{} for {}", run.name(), context.user));
            std::future::ready(()).await;
            Ok(())
        }

        #[periodic_task(inline)]
        async fn r#match(self: &Self, _: &Context) -> Result<Next, std::fmt::Error> {
            self.0.note("match");
            Ok(Next::OnSchedule)
        }

        #[periodic_task(name = "other_name")]
        fn renamed(&self, Context { user }: &Context) -> Next {
            self.0.note(*user);
            Next::Never
        }
    }

    #[tokio::test]
    async fn are_told_apart_by_their_types() {
        let manager = run_once(Compute::default(), &Context { user: "admin" }).await;
        assert_eq!(manager.0.take(), ["nothing", "Compute.in_any_order for admin", "match", "admin"]);
    }

    #[test]
    fn where_a_run_runs_follows_from_the_function() {
        let table = TaskTable::of(&Compute::default(), &Settings::default()).unwrap();
        let rows: Vec<_> =
            table.tasks().iter().map(|task| (task.name().task(), task.spec().execution)).collect();
        assert_eq!(
            rows,
            [
                ("nothing", Execution::Blocking),
                ("in_any_order", Execution::Spawned),
                ("match", Execution::Inline),
                ("other_name", Execution::Blocking),
            ]
        );
    }
}

mod conditions {
    use super::*;

    struct Compute;

    #[periodic_manager]
    impl Compute {
        #[cfg(any())]
        #[periodic_task(spacing = 1)]
        fn left_out(&self, unknown: &Unknown) {}

        #[cfg(any())]
        #[periodic_task(spacing = 5)]
        fn one_of_two(&self) {}

        #[cfg(not(any()))]
        #[periodic_task(spacing = 7)]
        fn one_of_two(&self) {}

        #[cfg_attr(any(), periodic_task)]
        #[expect(dead_code, reason = "its attribute is not there")]
        fn no_task(&self) {}

        #[cfg_attr(all(), periodic_task, doc = "Last.")]
        fn last(&self) {}
    }

    #[tokio::test]
    async fn number_the_rows_that_are_left() {
        let table = TaskTable::of(&Compute, &Settings::default()).unwrap();
        let rows: Vec<_> = table.tasks().iter().map(|task| (task.name().task(), task.path())).collect();
        assert_eq!(rows, [("one_of_two", &[0][..]), ("last", &[1])]);
        assert_eq!(interval(&table.tasks()[0]), 7_000_000_000);
        run_once(Compute, &()).await;
    }
}

mod generics {
    use super::*;

    struct Pool<T, const N: usize> {
        members: [T; N],
        log: Log,
    }

    #[periodic_manager(context = Context)]
    impl<T, const N: usize> Pool<T, N>
    where
        T: ToString + Send + Sync + 'static,
    {
        fn len(&self) -> [(); N] {
            [(); N]
        }

        #[periodic_task]
        async fn poll(&self) {
            let members: Vec<String> = self.members.iter().map(T::to_string).collect();
            self.log.note(format!("{} of {}", members.join(","), self.len().len()));
        }
    }

    /// A context that is a parameter cannot be passed on, but it can be given.
    struct Given<C>(Mutex<Option<C>>);

    #[periodic_manager(context = C)]
    impl<C: Clone + Send + Sync + 'static> Given<C> {
        #[periodic_task]
        fn keep(&self, context: &C) {
            *self.0.lock().unwrap() = Some(context.clone());
        }
    }

    #[tokio::test]
    async fn dispatch_for_each_type() {
        let pool = Pool { members: [3, 4], log: Log::default() };
        let pool = run_once(pool, &Context { user: "" }).await;
        assert_eq!(pool.log.take(), ["3,4 of 2"]);
        assert_eq!(names(&Pool { members: ["a"], log: Log::default() }), ["Pool.poll"]);
        let given = run_once(Given(Mutex::new(None)), &5).await;
        assert_eq!(*given.0.lock().unwrap(), Some(5));
    }
}

mod constants {
    use super::*;

    const PERIOD: Duration = Duration::from_millis(2500);
    const TIMEOUT: &str = "1s";

    struct Compute;

    #[periodic_manager]
    impl Compute {
        const FRACTION: f64 = 0.25;
        const DISABLED: i64 = -1;

        #[periodic_task(spacing = PERIOD, timeout = TIMEOUT)]
        fn duration(&self) {}

        #[periodic_task(spacing = Self::FRACTION)]
        fn fraction(&self) {}

        #[periodic_task(spacing = super::constants::Compute::DISABLED)]
        fn disabled(&self) {}

        #[periodic_task(spacing = 0.1)]
        fn literal(&self) {}
    }

    #[test]
    fn are_read_exactly() {
        let table = TaskTable::of(&Compute, &Settings::default()).unwrap();
        let intervals: Vec<_> = table.tasks().iter().map(interval).collect();
        assert_eq!(intervals, [2_500_000_000, 250_000_000, -1_000_000_000, 100_000_000]);
        assert_eq!(table.tasks()[0].spec().timeout, Some(Duration::from_secs(1)));
    }
}

mod includes {
    use super::*;

    #[periodic_manager(context = Context, owner = Conductor)]
    trait Driver {
        #[periodic_task]
        fn check(&self, conductor: &Conductor, context: &Context);

        #[periodic_task]
        fn unwanted(&self) {}
    }

    struct Ipmi {
        sensor: Sensor,
    }

    impl Driver for Ipmi {
        fn check(&self, conductor: &Conductor, context: &Context) {
            conductor.log.note(format!("ipmi for {}", context.user));
        }
    }

    #[periodic_manager(context = Context, owner = Conductor, inherit(Driver), include(sensor))]
    impl Ipmi {}

    /// Two levels down, with the owner of the first.
    struct Sensor;

    #[periodic_manager(owner = Conductor)]
    impl Sensor {
        #[periodic_task]
        async fn read(&self, conductor: &Conductor) {
            conductor.log.note("sensor");
        }
    }

    /// One that asks for nothing goes into any manager.
    struct Plain;

    #[periodic_manager]
    impl Plain {
        #[periodic_task]
        fn tick(&self) {}
    }

    struct Conductor {
        drivers: BTreeMap<&'static str, Arc<dyn Driver>>,
        plain: (Option<Plain>, Vec<Plain>),
        all: Plain,
        log: Log,
    }

    #[periodic_manager(context = Context, include(drivers(except(unwanted)), all))]
    impl Conductor {
        #[periodic_task]
        fn own(&self) {
            self.log.note(format!("own {}", self.plain.1.len()));
        }
    }

    struct Wrapper(Plain, Option<Plain>, Vec<Plain>);

    #[periodic_manager(include(0, 1, 2(except(tick))), name = "wrapped")]
    impl Wrapper {}

    #[tokio::test]
    async fn pass_owner_and_context_down() {
        let ipmi: Arc<dyn Driver> = Arc::new(Ipmi { sensor: Sensor });
        let conductor = Conductor {
            drivers: BTreeMap::from([("ipmi", ipmi)]),
            plain: (None, vec![Plain]),
            all: Plain,
            log: Log::default(),
        };
        assert_eq!(
            names(&conductor),
            [
                "Conductor.own",
                "Conductor.drivers.ipmi.check",
                "Conductor.drivers.ipmi.sensor.read",
                "Conductor.all.tick"
            ]
        );
        let conductor = run_once(conductor, &Context { user: "admin" }).await;
        assert_eq!(conductor.log.take(), ["own 1", "ipmi for admin", "sensor"]);
    }

    #[test]
    fn name_tuple_fields_by_their_number() {
        assert_eq!(names(&Wrapper(Plain, Some(Plain), vec![Plain])), ["wrapped.0.tick", "wrapped.1.tick"]);
    }
}

mod bases {
    use super::*;

    #[periodic_manager(context = Context)]
    pub(super) trait Base: Sync {
        fn log(&self) -> &Log;

        #[periodic_task]
        async fn report(&self, context: &Context) -> Result<(), std::num::ParseIntError> {
            let answer: u8 = "42".parse()?;
            std::future::ready(()).await;
            self.log().note(format!("report {answer} to {}", context.user));
            Ok(())
        }

        #[periodic_task]
        async fn required(&self, run: &Run);

        #[periodic_task]
        fn plain(&self) {
            self.log().note("plain");
        }

        #[periodic_task]
        fn left_out(&self) {}
    }

    #[derive(Default)]
    struct Compute(Log);

    impl Base for Compute {
        fn log(&self) -> &Log {
            &self.0
        }

        async fn required(&self, run: &Run) {
            self.0.note(format!("required as {}", run.name().task()));
        }

        fn plain(&self) {
            self.0.note("overridden");
        }
    }

    #[periodic_manager(context = Context, inherit(Base(except(left_out))))]
    impl Compute {
        #[periodic_task]
        fn left_out(&self) {
            self.0.note("own");
        }
    }

    #[derive(Default)]
    struct Generic<T>(Log, T);

    impl<T: Send + Sync + 'static> Base for Generic<T> {
        fn log(&self) -> &Log {
            &self.0
        }

        async fn required(&self, _: &Run) {}
    }

    #[periodic_manager(context = Context, inherit(self::Base))]
    impl<T: Send + Sync + 'static> Generic<T> {}

    #[tokio::test]
    async fn come_first_and_can_be_overridden() {
        let manager = run_once(Compute::default(), &Context { user: "admin" }).await;
        assert_eq!(manager.0.take(), ["report 42 to admin", "required as required", "overridden", "own"]);
        let generic = run_once(Generic::<u8>::default(), &Context { user: "b" }).await;
        assert_eq!(generic.log().take(), ["report 42 to b", "plain"]);
    }
}

mod macros {
    use super::*;

    /// The tokens of a manager may come from another macro, with the hygiene of that one.
    macro_rules! manager {
        ($(#[$meta:meta])* $name:ident, $spacing:expr, $argument:ident: $ty:ty, $body:block, $this:ident) => {
            struct $name(Log);

            #[periodic_manager(context = Context)]
            impl $name {
                $(#[$meta])*
                #[periodic_task(spacing = $spacing)]
                async fn poll(&self, $argument: $ty) {
                    self.0.note($argument.user);
                    self.second();
                }

                fn second(&$this) $body

                #[periodic_task]
                fn last(&self) {}
            }
        };
    }

    manager!(#[doc = "Polls."] Compute, 60, context: &Context, { self.0.note("second") }, self);

    #[tokio::test]
    async fn can_write_managers() {
        let manager = run_once(Compute(Log::default()), &Context { user: "admin" }).await;
        assert_eq!(manager.0.take(), ["admin", "second"]);
        let table = TaskTable::of(&*manager, &Settings::default()).unwrap();
        assert_eq!(table.tasks()[0].spec().description, "Polls.");
    }
}

mod renamed {
    mod deps {
        pub(super) use periodic as recurring;
    }

    use deps::recurring;

    struct Compute;

    #[recurring::periodic_manager(crate = deps::recurring, open)]
    impl Compute {
        #[recurring::periodic_task]
        fn own(&self) {}
    }

    #[recurring::periodic_task(manager = Compute, crate = super::renamed::deps::recurring)]
    fn second(_: &Compute, _: &recurring::task::Run) {}

    #[recurring::periodic_task(manager = Compute, name = "first", crate = deps::recurring)]
    fn other(_: &Compute) {}

    #[recurring::periodic_task(manager = Compute, crate = deps::recurring)]
    async fn third(_: &Compute) {}

    #[test]
    fn the_crate_may_be_found_elsewhere_and_outside_tasks_are_sorted() {
        assert_eq!(
            super::names(&Compute),
            ["Compute.own", "Compute.first", "Compute.second", "Compute.third"]
        );
    }
}

/// Expanded under the strictest lints that a user may have.
mod strict {
    #![deny(warnings, nonstandard_style, rust_2018_idioms, unused)]
    #![deny(missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
    #![deny(let_underscore_drop, single_use_lifetimes, trivial_casts, trivial_numeric_casts, unit_bindings)]
    #![deny(unused_lifetimes, unused_qualifications, unused_results, explicit_outlives_requirements)]
    #![deny(clippy::all, clippy::pedantic, clippy::nursery)]
    #![forbid(unsafe_code)]

    use periodic::task::Run;
    use periodic::{periodic_manager, periodic_task};

    use super::Context;

    /// A manager.
    #[derive(Debug, Default)]
    pub(super) struct Strict {
        included: included::Included,
    }

    mod included {
        // Nothing but a method needs the second one; its import counts as used all the same.
        use periodic::{periodic_manager, periodic_task};

        /// One that it includes.
        #[derive(Debug, Default)]
        pub(super) struct Included {
            name: String,
        }

        #[periodic_manager]
        impl Included {
            #[periodic_task]
            pub(super) fn audit(&self) {
                drop(self.name.clone());
            }
        }
    }

    /// A base.
    #[periodic_manager(context = Context)]
    pub(super) trait Base {
        /// Reports.
        #[periodic_task]
        async fn report(&self, context: &Context, run: &Run) {
            run.progress(context.user);
            std::future::ready(()).await;
        }
    }

    impl Base for Strict {}

    #[periodic_manager(context = Context, open, include(included), inherit(Base))]
    impl Strict {
        /// Audits.
        #[periodic_task(spacing = 30)]
        async fn audit(&self, context: &Context) {
            std::future::ready(()).await;
            drop(context.user.to_owned());
            self.included.audit();
        }
    }

    #[periodic_task(manager = Strict, spacing = 30)]
    async fn outside(strict: &Strict) {
        std::future::ready(()).await;
        strict.included.audit();
    }

    #[test]
    fn users_meet_no_warnings() {
        assert_eq!(
            super::names(&Strict::default()),
            ["Strict.report", "Strict.audit", "Strict.included.audit", "Strict.outside"]
        );
    }
}
