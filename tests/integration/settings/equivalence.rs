//! A reload has the effect of the control calls, at any time.

use std::time::Duration;

use periodic::periodic_manager;
use periodic::prelude::*;
use periodic::scheduler::{Scheduler, SchedulerOptions, SlotRecord};
use periodic::settings::{Settings, TaskSettings};
use periodic::table::TaskTable;
use periodic::task::{Ended, Interval, Next};
use periodic::time::Now;
use proptest::prelude::*;

struct M;

#[periodic_manager]
impl M {
    #[periodic_task(spacing = 10, run_immediately)]
    async fn grid(&self) {}

    #[periodic_task(spacing = 10, from = finish)]
    async fn follows(&self) {}

    #[periodic_task(spacing = 10, align, missed = all(3))]
    async fn aligned(&self) {}
}

const TASKS: [&str; 3] = ["grid", "follows", "aligned"];

#[derive(Clone, Debug)]
enum Step {
    /// Time goes on; whether due runs start then, and whether active runs end.
    On {
        millis: u64,
        poll: bool,
        end: bool,
    },
    Spacing(usize, i64),
    Enabled(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u64..25_000, any::<bool>(), any::<bool>()).prop_map(|(millis, poll, end)| Step::On { millis, poll, end }),
        1 => (0..3_usize, 1..30_i64).prop_map(|(task, secs)| Step::Spacing(task, secs)),
        1 => (0..3_usize, any::<bool>()).prop_map(|(task, enabled)| Step::Enabled(task, enabled)),
    ]
}

/// A scheduler with its driver's state.
struct Driven {
    scheduler: Scheduler,
    going: Vec<periodic::scheduler::RunId>,
    records: Vec<SlotRecord>,
}

impl Driven {
    fn new() -> Self {
        let table = TaskTable::of(&M, &Settings::new()).unwrap();
        let scheduler = Scheduler::new(table, SchedulerOptions::default(), Now::default());
        Self { scheduler, going: Vec::new(), records: Vec::new() }
    }

    fn on(&mut self, poll: bool, end: bool, now: Now) {
        if end {
            for run in self.going.drain(..) {
                self.scheduler.finished(run, Ended::Ok(Next::OnSchedule), now);
            }
        }
        if poll {
            let _ = self.scheduler.poll(now);
            while let Some(start) = self.scheduler.start_next(now) {
                self.going.push(start.id);
            }
        }
    }

    /// The outcomes of slots, without the declaration, and the next wake-up.
    fn seen(&mut self, now: Now) -> String {
        self.records.extend(std::iter::from_fn(|| self.scheduler.take_record()));
        let records = self.records.iter().map(|record| {
            let SlotRecord { task, first, last, count, outcome, started, attempts, decided, .. } = record;
            format!(
                "{} {first:?} {last:?} {count} {outcome:?} {started:?} {attempts:?} {decided:?}\n",
                task.name()
            )
        });
        let records: String = records.collect();
        let states: Vec<_> =
            self.scheduler.status(now).into_iter().map(|task| (task.state, task.next)).collect();
        format!("{records}{states:?} {:?}", self.scheduler.driver().wake_at(now))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_reload_does_what_the_control_calls_do(steps in prop::collection::vec(step(), 0..40)) {
        let (mut by_hand, mut by_settings) = (Driven::new(), Driven::new());
        let mut set = TASKS.map(|_| (10, true));
        let mut now = Now::default();
        for step in steps {
            match step {
                Step::On { millis, poll, end } => {
                    now = now.after(Duration::from_millis(millis));
                    by_hand.on(poll, end, now);
                    by_settings.on(poll, end, now);
                    continue;
                }
                // A control settles slots even where it changes nothing; a reload does not touch such a task.
                Step::Spacing(task, secs) if set[task].0 == secs => continue,
                Step::Enabled(task, enabled) if set[task].1 == enabled => continue,
                Step::Spacing(task, secs) => {
                    set[task].0 = secs;
                    by_hand.scheduler.set_spacing(TASKS[task], Interval::from_secs(secs), now).unwrap();
                }
                Step::Enabled(task, true) => {
                    set[task].1 = true;
                    by_hand.scheduler.enable(TASKS[task], now).unwrap();
                }
                Step::Enabled(task, false) => {
                    set[task].1 = false;
                    by_hand.scheduler.disable(TASKS[task], now).unwrap();
                }
            }
            let settings = TASKS.iter().zip(set).fold(Settings::new(), |settings, (task, (secs, enabled))| {
                settings.task(*task, TaskSettings::new().spacing(Interval::from_secs(secs)).enabled(enabled))
            });
            by_settings.scheduler.reconfigure(TaskTable::of(&M, &settings).unwrap(), now).unwrap();
            prop_assert_eq!(by_hand.seen(now), by_settings.seen(now));
        }
        now = now.after(Duration::from_secs(100));
        by_hand.on(true, true, now);
        by_settings.on(true, true, now);
        prop_assert_eq!(by_hand.seen(now), by_settings.seen(now));
    }
}
