use std::borrow::Cow;

use periodic::task::{Ended, Slot};

use super::declared::{Declared, Grid};
use super::moment::Moment;
use super::script::Control;
use super::task::{Phase, Run, Task, Upto};

/// All tasks of a service: who starts when, and when to poll.
#[derive(Clone, Debug)]
pub(super) struct Service {
    /// In table order, those that were removed among them: their runs may still be going.
    pub(super) tasks: Vec<Task>,
    limit: Option<usize>,
    batch: u64,
    stopped: bool,
    /// Whether there ever was a task on the wall clock.
    follows: bool,
    /// Both clocks, as they were last read for such tasks.
    read: Moment,
    /// The latest time that the wall clock is known to have shown, if it was ever set back.
    furthest: Option<i64>,
}

/// A wall clock that was set back.
struct SetBack {
    /// It may have shown its reading since then.
    from: i64,
    /// The latest time that it has shown.
    furthest: i64,
    /// Whether it was wrong before.
    is_correction: bool,
}

/// It is read at least each 30 s.
const UNREAD: i64 = 60;

/// A wall clock that is behind by more than three hours was set right.
const CORRECTION: i64 = 3 * 3_600 * 2;

/// A run that was started: its task's place, its slot, and its number.
pub(super) type Started = (usize, Slot, u64);

impl Service {
    pub(super) fn new(tasks: &[Declared], limit: Option<usize>, moment: Moment) -> Self {
        let tasks = tasks
            .iter()
            .enumerate()
            .map(|(index, declared)| Task::new(&name(index), *declared, moment))
            .collect();
        let mut service =
            Self { tasks, limit, batch: 0, stopped: false, follows: false, read: moment, furthest: None };
        service.note_grids(moment);
        service
    }

    /// The clock's changes before the first task that follows it have no effect.
    fn note_grids(&mut self, moment: Moment) {
        if !self.follows && self.tasks.iter().any(|task| task.declared.grid == Grid::Aligned) {
            (self.follows, self.read, self.furthest) = (true, moment, None);
        }
    }

    /// Notices whether the wall clock was set back since it was last read.
    pub(super) fn read(&mut self, moment: Moment) {
        if let Some(SetBack { from, furthest, is_correction }) = self.notice(moment) {
            self.furthest = (!is_correction).then_some(furthest);
            self.batch += 1;
            for task in &mut self.tasks {
                if (is_correction || !task.could_act()) && task.follows_the_wall() {
                    // These slots will not come again, or have passed.
                    task.settle(self.read, Upto::Including, self.batch);
                }
                task.set_back(from, is_correction, moment);
            }
        }
        self.read = moment;
    }

    /// All tasks, as they would be if the clocks were read now.
    pub(super) fn seen(&self, moment: Moment) -> Cow<'_, [Task]> {
        let Some(SetBack { from, is_correction, .. }) = self.notice(moment) else {
            return Cow::Borrowed(&self.tasks);
        };
        let mut tasks = self.tasks.clone();
        for task in &mut tasks {
            if task.follows_the_wall() && task.lets_slots_pass() {
                task.settle(self.read, Upto::Including, 0);
            }
            task.set_back(from, is_correction, moment);
        }
        Cow::Owned(tasks)
    }

    fn notice(&self, moment: Moment) -> Option<SetBack> {
        let would = self.read.at(moment.boot).wall;
        if moment.wall >= would || !self.follows {
            return None;
        }
        let furthest = self.furthest.map_or(would, |furthest| furthest.max(would));
        let from = moment.wall - (moment.boot - self.read.boot).min(UNREAD);
        Some(SetBack { from, furthest, is_correction: furthest - moment.wall > CORRECTION })
    }

    pub(super) fn poll(&mut self, moment: Moment) {
        self.read(moment);
        self.batch += 1;
        for task in self.tasks.iter_mut().filter(|task| task.could_act()) {
            task.settle(moment, Upto::Including, self.batch);
        }
    }

    /// The next run that may start: without a limit in the order in which runs became ready, and of one poll
    /// in table order; with a limit, by the instant at which they were due.
    pub(super) fn start_next(&mut self, moment: Moment) -> Option<Started> {
        let going = self.tasks.iter().flat_map(|task| &task.runs).filter(|run| run.started.is_some()).count();
        if self.limit.is_some_and(|limit| going >= limit) {
            return None;
        }
        let mut first: Option<((i64, usize, u64), usize, usize)> = None;
        for (place, task) in self.tasks.iter().enumerate() {
            let queued = |run: &Run| run.started.is_none() && run.due.is_none();
            for (index, run) in task.runs.iter().enumerate().filter(|(_, run)| queued(run)) {
                let turn = match self.limit {
                    Some(_) => (run.turn, place, run.batch),
                    None => (i64::try_from(run.batch).unwrap(), place, 0),
                };
                if first.is_none_or(|(earliest, ..)| turn < earliest) {
                    first = Some((turn, place, index));
                }
            }
        }
        let (_, place, index) = first?;
        let (slot, number) = self.tasks[place].start(index, moment, self.batch);
        Some((place, slot, number))
    }

    /// When the slot is tried again, if it is.
    pub(super) fn finish(
        &mut self,
        (place, _, number): Started,
        ended: Ended,
        moment: Moment,
    ) -> Option<i64> {
        self.read(moment);
        self.batch += 1;
        self.tasks[place].finish(number, ended, moment, self.batch)
    }

    /// Whether the call is accepted.
    pub(super) fn control(&mut self, number: usize, control: Control, moment: Moment) -> bool {
        self.read(moment);
        self.batch += 1;
        let named = name(number);
        let found = self.tasks.iter_mut().find(|task| task.name == named && task.phase != Phase::Removed);
        let Some(task) = found else {
            let Control::Add(declared) = control else { return false };
            if !self.stopped {
                self.tasks.push(Task::new(&named, declared, moment));
                self.note_grids(moment);
            }
            return !self.stopped;
        };
        if self.stopped || matches!(control, Control::Add(_)) {
            return false;
        }
        task.settle(moment, Upto::Before, self.batch);
        match (control, task.phase) {
            (Control::Pause | Control::Resume, phase) if phase != Phase::On => return false,
            (Control::Trigger, Phase::Disabled) | (Control::Enable, Phase::Done) => return false,
            (Control::Pause, _) => task.pause(moment),
            (Control::Resume, _) => task.resume(),
            (Control::Trigger, _) => task.trigger(moment, self.batch),
            (Control::SetSpacing(spacing), _) => task.set_spacing(spacing, moment),
            (Control::Disable, _) => task.disable(moment),
            (Control::Enable, _) => task.enable(moment),
            (Control::Remove, _) => task.remove(moment),
            (Control::Add(_), _) => unreachable!("refused above"),
        }
        true
    }

    pub(super) fn stop(&mut self, moment: Moment) {
        self.read(moment);
        self.batch += 1;
        self.stopped = true;
        for task in self.tasks.iter_mut().filter(|task| task.phase != Phase::Removed) {
            task.settle(moment, Upto::Before, self.batch);
            task.stop(moment);
        }
    }

    /// When the next poll is due: at the next slot that needs one, or the next retry, but after at most 60 s, and
    /// 30 s where a task follows the wall clock.
    pub(super) fn wake_at(&self, moment: Moment) -> i64 {
        let follows_wall =
            |task: &Task| task.declared.grid == Grid::Aligned && task.wakes_at(moment).is_some();
        let cap = if self.tasks.iter().any(follows_wall) { 60 } else { 120 };
        let slots = self.tasks.iter().filter_map(|task| task.wakes_at(moment));
        let retries = self.tasks.iter().flat_map(|task| &task.runs).filter_map(|run| run.due);
        slots.chain(retries).min().map_or(moment.boot + cap, |due| due.min(moment.boot + cap))
    }
}

pub(super) fn name(number: usize) -> String {
    format!("task_{number}")
}
