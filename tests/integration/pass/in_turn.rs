//! A sequential pass against one whose steps the caller takes: the first has a fast path for simple tasks, the second
//! knows the general one alone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::scheduler::{SlotRecord, TaskStatus};
use periodic::task::{
    Anchor, Cron, Execution, Interval, Jitter, Missed, Next, Overlap, RetrySpec, Run, ScheduleSpec, TaskName,
    TaskSpec,
};
use periodic::time::{Clock, Instant, ManualClock, Now, Timestamp};
use periodic::{Settings, periodic_manager};
use proptest::prelude::*;

use crate::finish::finish;

const CRONS: [&str; 3] = ["* * * * *", "*/7 * * * * *", "0 */2 * * *"];

struct Manager;

#[periodic_manager]
impl Manager {}

/// The runs of a task, one after the other and again: their lengths in seconds, by how many the wall clock is set in
/// each, and their ends.
type Script = Vec<(u64, i64, End)>;

#[derive(Clone, Copy, Debug)]
enum End {
    Well,
    Badly,
    Panicking,
    AskingFor(u64),
    AskingForNoMore,
}

/// By how many seconds the wall clock is set, mostly by none.
fn step() -> impl Strategy<Value = i64> {
    let hours = prop_oneof![Just(-4), Just(-1), Just(1), Just(4)].prop_map(|hours| hours * 3_600);
    prop_oneof![20 => Just(0), 2 => -200..200_i64, 2 => hours]
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        8 => Just(End::Well),
        1 => Just(End::Badly),
        1 => Just(End::Panicking),
        1 => (0..30_u64).prop_map(End::AskingFor),
        1 => Just(End::AskingForNoMore),
    ]
}

fn spec() -> impl Strategy<Value = TaskSpec> {
    let rare = prop_oneof![
        8 => Just(TaskSpec::new("task")),
        1 => Just(TaskSpec::new("task").run_immediately()),
        1 => Just(TaskSpec::new("task").missed(Missed::All(3))),
        1 => Just(TaskSpec::new("task").missed(Missed::Skip)),
        1 => Just(TaskSpec::new("task").grace(Duration::from_secs(7))),
        1 => Just(TaskSpec::new("task").timeout(Duration::from_secs(2))),
        1 => Just(TaskSpec::new("task").max_runs(3.try_into().unwrap())),
        1 => Just(TaskSpec::new("task").jitter(Jitter::Share(300_000))),
        1 => Just(TaskSpec::new("task").retry(RetrySpec::new(3.try_into().unwrap()))),
        1 => Just(TaskSpec::new("task").execution(Execution::Blocking).overlap(Overlap::Queue)),
        1 => Just(TaskSpec::new("task").execution(Execution::Blocking).overlap(Overlap::Allow(2))),
    ];
    (rare, 1..40_i64, 0..14_usize).prop_map(|(mut spec, spacing, kind)| {
        let interval = Interval::from_secs(spacing);
        let from = if kind == 0 && spec.overlap.is_none() && spec.missed.is_none() {
            Anchor::Finish
        } else {
            Anchor::Start
        };
        spec.schedule = ScheduleSpec::Every { interval, from, align: kind == 1 };
        match CRONS.get(kind.wrapping_sub(2)) {
            Some(cron) => spec.cron(Cron::parse(cron).unwrap()),
            None => spec,
        }
    })
}

/// Sets the wall clock by this number of seconds.
fn set_by(clock: &ManualClock, seconds: i64) {
    let wall = clock.now().wall.as_nanos();
    clock.set_wall(Timestamp::from_nanos(wall + seconds * 1_000_000_000));
}

struct Service {
    clock: Arc<ManualClock>,
    tasks: PeriodicTasks<Manager, Arc<ManualClock>>,
    /// The numbers of the tasks that ran, in order.
    runs: Arc<Mutex<Vec<usize>>>,
}

impl Service {
    fn of(table: &[(TaskSpec, Script)]) -> Self {
        let clock = Arc::new(ManualClock::at(Instant::from_secs(5)));
        let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
        let all_runs = Arc::<Mutex<Vec<usize>>>::default();
        for (number, (spec, script)) in table.iter().enumerate() {
            let (clock, script, runs) = (Arc::clone(&clock), script.clone(), AtomicU32::new(0));
            let all_runs = Arc::clone(&all_runs);
            let task = move |_: &Manager, (): &(), _: &Run| {
                let (takes, step, end) = script[runs.fetch_add(1, Ordering::Relaxed) as usize % script.len()];
                clock.advance(Duration::from_secs(takes));
                set_by(&clock, step);
                all_runs.lock().unwrap().push(number);
                match end {
                    End::Well => Ok(Next::OnSchedule),
                    End::Badly => Err("no luck"),
                    End::Panicking => std::panic::resume_unwind(Box::new("boom")),
                    End::AskingFor(delay) => Ok(Next::After(Duration::from_secs(delay))),
                    End::AskingForNoMore => Ok(Next::Never),
                }
            };
            let name = TaskName::new("Manager", &format!("task{number}")).unwrap();
            tasks.add_periodic_task(name, *spec, task).unwrap();
        }
        Self { clock, tasks, runs: all_runs }
    }

    /// The common state of both after a pass.
    fn told(&self, idle: Option<Duration>, records: &[SlotRecord]) -> String {
        let now = self.clock.now();
        let record = |record: &SlotRecord| {
            let SlotRecord { first, last, count, outcome, started, decided, .. } = record;
            format!(
                "{} {:?} {:?} {count} {outcome:?} {started:?} {decided:?}\n",
                record.name(),
                first.at,
                last.at
            )
        };
        let row = |task: &TaskStatus| {
            let TaskStatus { state, next, due, last_slot, counters, .. } = task;
            let last = [&task.last, &task.last_run, &task.last_failure].map(|last| last.as_ref().map(record));
            format!("{state:?} {next:?} {due:?} {last_slot:?} {counters:?} {last:?}\n")
        };
        let rows = self.tasks.status().iter().map(row).collect::<String>();
        let runs = self.runs.lock().unwrap();
        // The steps decide all rows first, the sequential pass each in its turn.
        let mut by_task: Vec<_> = records.iter().collect();
        by_task.sort_by_key(|record| record.name());
        let by_task = by_task.into_iter().map(record).collect::<String>();
        format!("{now:?} {idle:?} {runs:?}\n{by_task}\n{rows}")
    }

    fn in_turn(&mut self, raise: RaiseOnError) -> String {
        let idle = finish(self.tasks.run_periodic_tasks(&(), raise)).ok();
        self.told(idle, self.tasks.records())
    }

    fn by_steps(&mut self, raise: RaiseOnError) -> String {
        let mut pass = self.tasks.begin_pass();
        let mut failed = false;
        while !failed && let Some(run) = pass.start_next() {
            let end = run.run_blocking(&());
            failed = pass.ended(end).is_err() && raise == RaiseOnError::Yes;
        }
        let idle = if failed {
            drop(pass);
            None
        } else {
            Some(pass.idle())
        };
        self.told(idle, self.tasks.records())
    }
}

/// At least this number.
fn cases(least: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(least), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn both_ways_come_to_the_same(
        table in prop::collection::vec((spec(), prop::collection::vec((prop_oneof![6 => Just(0), 1 => 0..50_u64], step(), end()), 1..6)), 1..6),
        sleeps in prop::collection::vec((0..90_u64, any::<bool>(), step()), 1..25),
    ) {
        let (mut one, mut other) = (Service::of(&table), Service::of(&table));
        for (sleep, raises, jump) in sleeps {
            for service in [&one, &other] {
                service.clock.advance(Duration::from_secs(sleep));
                set_by(&service.clock, jump);
            }
            let raise = if raises { RaiseOnError::Yes } else { RaiseOnError::No };
            prop_assert_eq!(one.in_turn(raise), other.by_steps(raise));
        }
    }
}

/// Slots that were due when the first pass began come before those that a run of that pass has queued.
#[test]
fn what_an_error_left_runs_in_the_order_in_which_it_was_due() {
    let every = |seconds| TaskSpec::new("task").every(Interval::from_secs(seconds));
    let queues = every(22).execution(Execution::Blocking).overlap(Overlap::Queue);
    let table = [(queues, vec![(0, 0, End::Well), (4, 0, End::Badly)]), (every(23), vec![(0, 0, End::Well)])];
    let (mut one, mut other) = (Service::of(&table), Service::of(&table));
    for (sleep, raise) in [(30, RaiseOnError::No), (33, RaiseOnError::Yes), (0, RaiseOnError::No)] {
        for service in [&one, &other] {
            service.clock.advance(Duration::from_secs(sleep));
        }
        assert_eq!(one.in_turn(raise), other.by_steps(raise));
    }
    let ran = one.tasks.records().iter().filter(|record| record.started.is_some());
    assert_eq!(ran.map(|record| record.name().task()).collect::<Vec<_>>(), ["task1", "task0"]);
}

/// The wall time of a slot is reckoned from how far it lies back, not from how far apart the clocks are.
#[test]
fn clocks_that_show_times_centuries_apart_are_met() {
    let table = [(TaskSpec::new("task").every(Interval::from_secs(22)), vec![(0, 0, End::Well)])];
    let (mut one, mut other) = (Service::of(&table), Service::of(&table));
    let far_back = Timestamp::from_nanos(i64::MIN + 10_000_000_000);
    for service in [&one, &other] {
        service.clock.set(Now::new(Instant::from_secs(30), far_back));
    }
    assert_eq!(one.in_turn(RaiseOnError::No), other.by_steps(RaiseOnError::No));
}
