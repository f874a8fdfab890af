use core::num::NonZeroUsize;

use super::draw::Draw;
use super::records::Records;
use crate::manager::{Call, Collector, Given, PeriodicManager};
use crate::scheduler::active_run::ActiveRun;
use crate::scheduler::run_state::RunState;
use crate::scheduler::{RunId, Scheduler, SchedulerOptions, Start};
use crate::settings::Settings;
use crate::spec::{Interval, TaskSpec};
use crate::table::TaskTable;
use crate::task::{Outcome, Task, TaskName};
use crate::time::{Instant, Now, Timestamp};

const SECOND: i64 = 1_000_000_000;
const MILLI: i64 = 1_000_000;

/// The tasks of the table.
const DECLARED: [&str; 3] = ["first", "second", "third"];

/// Changes of a wall clock; the limit of a correction is three hours.
const JUMPS: [i64; 10] = [
    -SECOND / 2,
    -SECOND,
    -7 * SECOND,
    -3_600 * SECOND,
    -10_000 * SECOND,
    -11_000 * SECOND,
    -400 * 86_400 * SECOND,
    SECOND,
    3_600 * SECOND,
    86_400 * SECOND,
];

/// 40 s before a change of the zones' clocks, and the ends of the time line.
const BEGINNINGS: [i64; 5] =
    [(1_774_746_000 - 40) * SECOND, (1_792_890_000 - 40) * SECOND, 5_003 * SECOND, -3 * SECOND, i64::MAX / 2];

struct Manager(Vec<TaskSpec>);

impl PeriodicManager for Manager {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Manager");
        collector.tasks(&self.0);
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Manager", row)
    }
}

/// One script while it is played.
pub(super) struct Play {
    draw: Draw,
    scheduler: Scheduler,
    boot: i64,
    wall: i64,
    /// A reading that another thread took before the last operation.
    stale: Now,
    declared: usize,
    /// The names of all tasks that ever were. A name is not used twice, so that it tells a record's task.
    names: Vec<String>,
    handed: Vec<Start>,
    going: Vec<RunId>,
    records: Records,
}

impl Play {
    pub(super) fn script(seed: u64) {
        let mut play = Self::new(seed);
        for _ in 0..play.draw.below(60) {
            let before = play.now();
            let at = if play.draw.one_of(12) { play.stale } else { before };
            play.step(at);
            play.stale = before;
            play.check();
        }
        play.end();
    }

    fn new(seed: u64) -> Self {
        let mut draw = Draw(seed);
        let (boot, wall) = (1_000 * SECOND, draw.pick(&BEGINNINGS));
        let now = Now::new(Instant::from_nanos(boot), Timestamp::from_nanos(wall));
        let mut options = SchedulerOptions::default();
        if draw.one_of(2) {
            options = options.limit(NonZeroUsize::new(draw.pick(&[1, 2, 3])).unwrap());
        }
        let declared = 1 + draw.place(DECLARED.len());
        let table = table(&mut draw, declared);
        let scheduler = Scheduler::new(table, options, now);
        let names = DECLARED[..declared].iter().map(|name| format!("Manager.{name}")).collect();
        let (handed, going, records) = (Vec::new(), Vec::new(), Records::default());
        let mut play =
            Self { draw, scheduler, boot, wall, stale: now, declared, names, handed, going, records };
        if play.draw.one_of(4) {
            play.scheduler.driver().await_start();
            if play.draw.one_of(2) {
                play.control(now);
            }
            play.pass(SECOND);
            let now = play.now();
            play.scheduler.driver().begin_grids(now);
            play.records.all_begin_anew(now.boot);
        }
        play.check();
        play
    }

    fn now(&self) -> Now {
        Now::new(Instant::from_nanos(self.boot), Timestamp::from_nanos(self.wall))
    }

    fn pass(&mut self, nanos: i64) {
        self.boot += nanos;
        self.wall = self.wall.saturating_add(nanos);
    }

    fn step(&mut self, at: Now) {
        match self.draw.below(20) {
            0..=4 => self.time_passes(at),
            5 => self.wall = self.wall.saturating_add(self.draw.pick(&JUMPS)),
            6..=8 => {
                while let Some(start) = self.scheduler.start_next(at) {
                    assert!(start.window.start.is_none_or(|from| from <= start.window.end), "{start:?}");
                    self.records.started(&start);
                    self.going.push(start.id);
                    if self.draw.one_of(3) {
                        break;
                    }
                }
            }
            9 => self.handed.extend(self.scheduler.driver().hand_out(at)),
            10 => {
                if let Some(start) = take(&mut self.draw, &mut self.handed)
                    && self.scheduler.driver().begin_run(start.id, at).is_some()
                {
                    self.records.started(&start);
                    self.going.push(start.id);
                }
            }
            11..=13 => {
                if let Some(run) = take(&mut self.draw, &mut self.going) {
                    let _ = self.scheduler.finished(run, self.draw.end(), at);
                }
            }
            14 => self.leave(at),
            15..=18 => self.control(at),
            _ if self.draw.one_of(12) => self.scheduler.stop(at),
            _ => assert!(self.scheduler.status(at).len() <= self.names.len()),
        }
    }

    fn time_passes(&mut self, at: Now) {
        let until_wake = (self.scheduler.driver().wake_at(at).as_nanos() - self.boot).max(0);
        let whole = i64::try_from(self.draw.below(4_000)).unwrap();
        let nanos = self.draw.pick(&[
            whole * MILLI,
            SECOND,
            whole % 20 * SECOND,
            until_wake,
            MILLI / 2,
            whole * SECOND,
        ]);
        self.pass(nanos);
        if !self.draw.one_of(3) {
            let _ = self.scheduler.poll(self.now());
        }
    }

    /// A run is not waited for any more, begun or not; its end may still be reported.
    fn leave(&mut self, at: Now) {
        if self.draw.one_of(2)
            && let Some(start) = self.handed.last().cloned()
        {
            self.note_left(&start);
            self.scheduler.abandon(start.id, Outcome::TimedOut, at);
        } else if !self.going.is_empty() {
            self.scheduler.abandon(self.draw.pick(&self.going), Outcome::TimedOut, at);
        }
    }

    /// A run that is left in the hands of its driver counts as begun.
    fn note_left(&mut self, start: &Start) {
        let row =
            self.scheduler.rows[start.id.task.place as usize].as_ref().filter(|row| row.id == start.id.task);
        let mut active = row.into_iter().flat_map(|row| &row.going);
        let is_at_hand = |run: &ActiveRun| matches!(run.state, RunState::HandedOut { .. });
        if active.any(|run| run.serial == start.id.serial && is_at_hand(run)) {
            self.records.started(start);
        }
    }

    fn control(&mut self, at: Now) {
        let name = self.names[self.draw.place(self.names.len())].clone();
        let scheduler = &mut self.scheduler;
        // A refusal is as good as an effect here: the task was removed, or the service is being stopped.
        let _ = match self.draw.below(10) {
            0 => scheduler.pause(&name, at).is_ok(),
            1 | 2 => scheduler.resume(&name, at).is_ok(),
            3 => scheduler.trigger(&name, at).is_ok(),
            4 => {
                let spacing = Interval::from_secs(self.draw.pick(&[-1, 0, 1, 5, 100]));
                self.begins_anew(&name, |scheduler| scheduler.set_spacing(&name, spacing, at).is_ok())
            }
            5 => scheduler.disable(&name, at).is_ok(),
            6 => self.begins_anew(&name, |scheduler| scheduler.enable(&name, at).is_ok()),
            7 if self.draw.one_of(3) => scheduler.remove(&name, at).is_ok() | self.add(at),
            8 if self.draw.one_of(2) => {
                let table = table(&mut self.draw, self.declared);
                let is_met = self.scheduler.reconfigure(table, at).is_ok();
                self.records.all_begin_anew(self.scheduler.now);
                is_met
            }
            _ => scheduler.reset_counters(&name, at).is_ok(),
        };
    }

    fn begins_anew(&mut self, name: &str, change: impl FnOnce(&mut Scheduler) -> bool) -> bool {
        let is_met = change(&mut self.scheduler);
        self.records.begins_anew(name, self.scheduler.now);
        is_met
    }

    fn add(&mut self, at: Now) -> bool {
        let name = format!("added{}", self.names.len());
        let task = Task::new(TaskName::new("Manager", &name).unwrap(), self.draw.spec(""));
        let is_met = self.scheduler.add(task, at).is_ok();
        if is_met {
            self.names.push(format!("Manager.{name}"));
        }
        is_met
    }

    fn check(&mut self) {
        self.scheduler.assert_sound();
        // The report of a correction may come later.
        if self.scheduler.set_back_report.pending.as_ref().is_some_and(|report| report.is_correction) {
            self.records.all_begin_anew(self.scheduler.now);
        }
        let _ = self.scheduler.take_clock_set_back();
        while let Some(record) = self.scheduler.take_record() {
            self.records.note(&record);
        }
        while self.scheduler.take_to_cancel().is_some() {}
        while self.scheduler.take_replaced().is_some() {}
    }

    fn end(mut self) {
        let now = self.now();
        for start in core::mem::take(&mut self.handed) {
            self.note_left(&start);
        }
        self.scheduler.driver().abandon_all(&Outcome::Cancelled, now);
        self.check();
        // No retry is waited for any more.
        self.scheduler.stop(now);
        self.check();
        self.records.assert_complete();
        for run in core::mem::take(&mut self.going) {
            let _ = self.scheduler.finished(run, self.draw.end(), now);
            self.check();
        }
        self.records.assert_complete();
    }
}

fn table(draw: &mut Draw, tasks: usize) -> TaskTable {
    let specs = DECLARED[..tasks].iter().map(|name| draw.spec(name)).collect();
    TaskTable::of(&Manager(specs), &Settings::new()).unwrap()
}

fn take<T>(draw: &mut Draw, from: &mut Vec<T>) -> Option<T> {
    (!from.is_empty()).then(|| from.remove(draw.place(from.len())))
}
