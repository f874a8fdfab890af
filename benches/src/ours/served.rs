//! A `Runner` as users start it.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use periodic::manager::{Call, Collector, Given, PeriodicManager};
use periodic::task::{Ended, Execution, Interval, Next, Run, TaskName, TaskSpec};
use periodic::{Handle, Runner, SystemClock};

use crate::users::contender::begin;
use crate::users::load::{AWAITED, Code, Load};
use crate::users::probe::Probe;
use crate::users::sample::Begun;

/// A manager as the attribute expands it, but with any number of tasks.
#[derive(Debug)]
pub struct Served {
    load: Load,
    execution: Execution,
    /// The round's probe, and its beginning on the runner's clock.
    probe: OnceLock<(Probe, Duration)>,
}

impl Served {
    /// Creates a manager of the tasks of `load`.
    pub fn new(load: Load, execution: Execution) -> Self {
        Self { load, execution, probe: OnceLock::new() }
    }

    /// Returns the declaration of a task.
    pub fn spec(&self, task: usize) -> TaskSpec {
        TaskSpec::new(name(task))
            .every(Interval::from_duration(self.load.period(task)))
            .initial_delay(self.load.first(task))
            .execution(self.execution)
    }

    fn note(&self, run: &Run) {
        if let Some((probe, began)) = self.probe.get() {
            probe.note(Duration::from_nanos(run.slot().at.as_nanos().unsigned_abs()).saturating_sub(*began));
        }
    }
}

impl PeriodicManager for Served {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Fleet");
        collector.tasks(&(0..self.load.tasks).map(|task| self.spec(task)).collect::<Vec<_>>());
    }

    fn call<'a>(&'a self, _: &[u32], given: Given<'a, (), ()>) -> Call<'a> {
        if self.execution == Execution::Inline {
            self.note(given.run);
            return Call::Ready(Ended::Ok(Next::OnSchedule));
        }
        match self.load.code {
            Code::Ready => Call::pending(async move {
                self.note(given.run);
                Ended::Ok(Next::OnSchedule)
            }),
            Code::Awaits => Call::pending(async move {
                self.note(given.run);
                tokio::time::sleep(AWAITED).await;
                Ended::Ok(Next::OnSchedule)
            }),
        }
    }
}

/// Up to this number, tasks are declared; more are added one by one, like those of devices that appear.
const DECLARED: usize = 100_000;

/// Runs the tasks for `length`.
pub async fn serve(load: Load, execution: Execution, length: Duration, begun: Begun) {
    let manager = Arc::new(Served::new(load, execution));
    // The instants of the runner's clock count from its creation.
    let (clock, created) = (SystemClock::new(), Instant::now());
    let builder = match load.tasks {
        0..=DECLARED => Runner::builder(Arc::clone(&manager)),
        _ => Runner::builder(Vec::<Served>::new()),
    };
    let runner =
        builder.clock(clock).build().unwrap_or_else(|error| panic!("the benchmark's table: {error}"));
    if load.tasks > DECLARED {
        (0..load.tasks).for_each(|task| add(&runner.handle(), &manager, task));
    }
    let (probe, end) = begin(Duration::ZERO, length, &begun);
    let _ = manager.probe.set((probe, probe.began() - created));
    // Dropped at the end: a graceful stop of a million tasks takes seconds.
    let _ = tokio::time::timeout_at(end.into(), runner.run()).await;
}

fn add(handle: &Handle, manager: &Arc<Served>, task: usize) {
    let this = Arc::clone(manager);
    let added =
        handle.add(TaskName::new("Fleet", name(task)).unwrap(), manager.spec(task), move |run: Run| {
            this.note(&run);
            std::future::ready(())
        });
    added.unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
}

/// Returns the name of a task, which is never freed.
fn name(task: usize) -> &'static str {
    const MOST: usize = 1_000_000;
    static NAMES: OnceLock<String> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        (0..MOST).fold(String::with_capacity(MOST * 8), |mut names, task| {
            let _ = write!(names, "t{task:07}");
            names
        })
    });
    &names[task * 8..][..8]
}
