use core::num::NonZeroUsize;

use periodic::scheduler::{Finished, RunId, Scheduler, SchedulerOptions, SlotRecord, Start};
use periodic::task::Task as Declaration;
use periodic::task::{Ended, Interval, TaskName};

use super::declared::{Declared, Grid};
use super::ledger;
use super::moment::{Moment, nanos, tick};
use super::script::{Control, Course, Script, Step};
use super::service::{self, Service, Started};
use super::status;
use super::task::Phase;

/// The scheduler and the model, driven side by side through one script.
pub(super) struct Rehearsal {
    real: Scheduler,
    model: Service,
    moment: Moment,
    wake_at: i64,
    attentive: bool,
    courses: std::iter::Cycle<std::vec::IntoIter<Course>>,
    going: Vec<Going>,
    records: Vec<SlotRecord>,
}

struct Going {
    run: RunId,
    started: Started,
    ends: i64,
    ended: Ended,
}

/// When scripts begin: off the origin of either clock, and of the grid of any spacing.
pub(super) const START: Moment = Moment { boot: 1_000, wall: 5_003 };

impl Rehearsal {
    /// Plays a script to its end, stops the service, lets the active runs end, and compares all records.
    pub(super) fn play(script: &Script) -> (Vec<SlotRecord>, Moment) {
        let mut rehearsal = Self::new(script);
        rehearsal.poll();
        for step in &script.steps {
            rehearsal.step(*step);
        }
        let stopped = rehearsal.moment;
        rehearsal.stop();
        rehearsal.compare_ledgers();
        (rehearsal.records, stopped)
    }

    fn new(script: &Script) -> Self {
        Self {
            real: declare(script),
            model: Service::new(&script.tasks, script.limit, START),
            moment: START,
            wake_at: START.boot,
            attentive: script.attentive,
            courses: script.runs.clone().into_iter().cycle(),
            going: Vec::new(),
            records: Vec::new(),
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::OnTime => self.poll_at(self.wake_at),
            Step::After(ticks) => self.poll_at(self.moment.boot + ticks),
            Step::Late(ticks) => self.poll_at(self.wake_at + ticks),
            Step::Unpolled(ticks) => self.advance(self.moment.boot + ticks),
            Step::WallJump(ticks) => self.moment.wall += ticks,
            Step::Control(task, control) => self.control(task, control),
        }
        self.compare_status();
    }

    fn poll_at(&mut self, boot: i64) {
        self.advance(boot);
        self.poll();
    }

    /// Lets time pass; runs that end on the way, or at its end, are reported.
    fn advance(&mut self, boot: i64) {
        let boot = boot.max(self.moment.boot);
        while let Some(next) = self.next_end().filter(|index| self.going[*index].ends <= boot) {
            let Going { run, started, ends, ended } = self.going.remove(next);
            self.moment = self.moment.at(ends.max(self.moment.boot));
            let finished = self.real.finished(run, ended.clone(), self.moment.now());
            assert!(finished.is_known());
            let due = match finished {
                Finished::Retries(retrying) => Some(tick(retrying.due.as_nanos())),
                _ => None,
            };
            assert_eq!(due, self.model.finish(started, ended, self.moment), "when it is tried again");
            if self.attentive {
                self.poll();
            }
        }
        self.moment = self.moment.at(boot);
    }

    fn next_end(&self) -> Option<usize> {
        (0..self.going.len()).min_by_key(|index| self.going[*index].ends)
    }

    fn poll(&mut self) {
        let polled = self.real.poll(self.moment.now());
        self.model.poll(self.moment);
        self.cancel();
        assert_eq!(polled.ready, self.real.ready());
        self.start();
        let wake_at = self.real.driver().wake_at(self.moment.now());
        self.wake_at = tick(wake_at.as_nanos());
        assert_eq!(self.wake_at, self.model.wake_at(self.moment), "wake_at");
        self.compare_status();
    }

    fn start(&mut self) {
        loop {
            let start = self.real.start_next(self.moment.now());
            let started = self.model.start_next(self.moment);
            let (Some(start), Some(started)) = (&start, started) else {
                let real = start.map(|start| (start.task.name().task().to_owned(), start.slot));
                let model = started.map(|(place, slot, _)| (self.model.tasks[place].name.clone(), slot));
                assert_eq!(real, model, "what starts next");
                break;
            };
            self.compare_start(start, started);
            let course = self.courses.next().unwrap();
            let ends = self.moment.boot + course.lasts;
            self.going.push(Going { run: start.id, started, ends, ended: course.end.ended() });
        }
        self.drain();
    }

    fn compare_start(&self, start: &Start, (place, slot, number): Started) {
        let task = &self.model.tasks[place];
        let aligned = task.declared.grid == Grid::Aligned;
        assert_eq!(start.task.name().task(), task.name, "start order");
        assert_eq!(ledger::written(aligned, start.slot), ledger::written(aligned, slot), "{}", task.name);
        let run = task.runs.iter().find(|run| run.number == number).unwrap();
        assert_eq!(usize::try_from(start.attempt), Ok(run.attempt()), "{}", task.name);
        assert_eq!(start.lateness, self.moment.now().boot - start.slot.at, "{}", task.name);
        assert_eq!(start.slot, slot, "{}", task.name);
        let window = (start.window.start.map(|start| tick(start.as_nanos())), start.window.end);
        assert_eq!(window, (run.covers_from, slot.scheduled), "{}", task.name);
    }

    /// Ends the runs that newer slots replace: at once, as a run does that heeds its token.
    fn cancel(&mut self) {
        while let Some(run) = self.real.take_replaced() {
            // Its end may have been reported in the meantime.
            let Some(going) = self.going.iter_mut().find(|going| going.run == run) else { continue };
            let (place, _, number) = going.started;
            let task = &self.model.tasks[place];
            assert!(
                task.runs.iter().any(|run| run.number == number && run.cancelled),
                "{} is cancelled",
                task.name
            );
            if going.ends > self.moment.boot {
                (going.ends, going.ended) = (self.moment.boot + 1, Ended::Cancelled);
            }
        }
    }

    fn control(&mut self, number: usize, control: Control) {
        let (name, now) = (service::name(number), self.moment.now());
        let accepted = match control {
            Control::Pause => self.real.pause(&name, now).is_ok(),
            Control::Resume => self.real.resume(&name, now).is_ok(),
            Control::Trigger => self.real.trigger(&name, now).is_ok(),
            Control::SetSpacing(spacing) => {
                self.real.set_spacing(&name, Interval::from_nanos(nanos(spacing)), now).is_ok()
            }
            Control::Disable => self.real.disable(&name, now).is_ok(),
            Control::Enable => self.real.enable(&name, now).is_ok(),
            Control::Remove => self.real.remove(&name, now).is_ok(),
            Control::Add(declared) => self.real.add(declaration(number, &declared), now).is_ok(),
        };
        assert_eq!(accepted, self.model.control(number, control, self.moment), "{name}: {control:?}");
        self.cancel();
        self.drain();
    }

    fn stop(&mut self) {
        self.real.stop(self.moment.now());
        self.model.stop(self.moment);
        self.cancel();
        while let Some(next) = self.next_end() {
            self.advance(self.going[next].ends);
        }
        self.poll();
        assert_eq!((self.real.running(), self.real.ready()), (0, 0));
    }

    fn drain(&mut self) {
        self.records.extend(core::iter::from_fn(|| self.real.take_record()));
    }

    fn compare_status(&self) {
        let real = self.real.status(self.moment.now());
        let seen = self.model.seen(self.moment);
        let model: Vec<_> = seen.iter().filter(|task| task.phase != Phase::Removed).collect();
        assert_eq!(real.len(), model.len());
        for (real, model) in real.iter().zip(model) {
            let aligned = model.declared.grid == Grid::Aligned;
            assert_eq!(status::real(real, aligned, self.moment), status::modelled(model, self.moment));
        }
    }

    fn compare_ledgers(&mut self) {
        self.drain();
        ledger::compare(&self.records, &self.model.tasks);
    }
}

/// The scheduler of a script's tasks.
pub(super) fn declare(script: &Script) -> Scheduler {
    let options = match script.limit.and_then(NonZeroUsize::new) {
        Some(limit) => SchedulerOptions::default().limit(limit),
        None => SchedulerOptions::default(),
    };
    let mut scheduler = Scheduler::empty(options, START.now());
    for (number, declared) in script.tasks.iter().enumerate() {
        scheduler.add(declaration(number, declared), START.now()).unwrap();
    }
    scheduler
}

fn declaration(number: usize, declared: &Declared) -> Declaration {
    Declaration::new(TaskName::new("Service", &service::name(number)).unwrap(), declared.spec())
}
