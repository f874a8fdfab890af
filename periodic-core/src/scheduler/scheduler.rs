use std::sync::Arc;

use super::clocks::Clocks;
use super::effects::Effects;
use super::error::ControlError;
use super::ids::{RunId, TaskId};
use super::ledger::SlotRecord;
use super::limit::{GroupId, Limits};
use super::names::Index;
use super::options::SchedulerOptions;
use super::queue::{RowSet, WakeQueue};
use super::row::{NextWake, Row};
use super::set_back_report::SetBackReport;
use super::visit::{Open, Upto, Visit};
use crate::table::TaskTable;
use crate::task::{Cancellation, Task, TaskName};
use crate::time::{Instant, Now};

/// The length of the longest full name in bytes: a manager's name, a dot and a task's own name.
const LONGEST: usize = 2 * periodic_text::name::LONGEST + 1;

/// The number of names on one page, bounded because every other call waits meanwhile.
const NAMES_AT_ONCE: usize = 256;

/// The most tasks among which a mistyped name is searched.
pub(super) const SEARCHED: usize = 8_192;

/// The state machine that decides which tasks of a table run, and when.
///
/// Its `now` never decreases: a reading before an earlier one counts as the earlier one. The wall clock may jump
/// either way. A decided slot is not decided again, unless the clock was wrong by more than three hours: see
/// [`ClockSetBack`](super::ClockSetBack).
///
/// The driver must drain [`take_record`](Self::take_record): the records of decided slots wait there.
///
/// Control calls take a task's full name, or its name inside its manager if only one manager has it. Each call first
/// decides the slots before `now` under the state until then, and takes effect before the slot at `now`.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::scheduler::{SchedulerOptions, Scheduler};
/// use periodic_core::task::{Ended, Interval, Next, Outcome, Task, TaskName, TaskSpec};
/// use periodic_core::time::Now;
///
/// let start = Now::default();
/// let mut scheduler = Scheduler::empty(SchedulerOptions::default(), start);
/// let spec = TaskSpec::new("poll").every(Interval::from_secs(10));
/// scheduler.add(Task::new(TaskName::new("Manager", "poll")?, spec), start)?;
/// assert_eq!(scheduler.poll(start).wake_at, start.after(Duration::from_secs(10)).boot);
///
/// let later = start.after(Duration::from_secs(10));
/// assert_eq!(scheduler.poll(later).ready, 1);
/// let run = scheduler.start_next(later).unwrap();
/// scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), later);
/// assert_eq!(scheduler.take_record().unwrap().outcome, Outcome::Ok);
/// # Ok::<(), periodic_core::scheduler::ControlError>(())
/// ```
#[derive(Debug)]
pub struct Scheduler {
    pub(super) options: SchedulerOptions,
    /// By the place of [`TaskId`]; free places are reused.
    pub(super) rows: Vec<Option<Row>>,
    /// The ids of the next tasks at the free places.
    free: Vec<TaskId>,
    /// Whether a place was reused. Until then the rows are in table order.
    pub(super) has_reused: bool,
    pub(super) index: Index,
    pub(super) boot: WakeQueue,
    pub(super) wall: WakeQueue,
    pub(super) limits: Limits,
    pub(super) effects: Effects,
    /// The number of tasks ever added: the position of the next one in the table order.
    added: u64,
    pub(super) serial: u64,
    pub(super) now: Instant,
    pub(super) clocks: Clocks,
    pub(super) set_back_report: SetBackReport,
    pub(super) stopping: bool,
    /// Whether the grids have not begun yet.
    pub(super) awaits_start: bool,
    /// The rows of the current poll. It and `numbers` are kept, so that polling allocates nothing.
    pub(super) due_rows: Vec<u32>,
    pub(super) row_set: RowSet,
    /// The number of tables that were put in force.
    pub(super) reloads: u64,
}

impl Scheduler {
    /// Creates a scheduler of the tasks of `table`. Their grids begin at `now`.
    pub fn new(table: TaskTable, options: SchedulerOptions, now: Now) -> Self {
        let mut scheduler = Self::empty(options, now);
        for task in table.into_tasks() {
            let id = scheduler.insert(task, now);
            if let Some(row) = &mut scheduler.rows[id.place as usize] {
                row.configured = Some(Arc::clone(&row.task));
            }
        }
        scheduler
    }

    /// Creates a scheduler without tasks; [`add`](Self::add) adds them.
    pub fn empty(options: SchedulerOptions, now: Now) -> Self {
        Self {
            limits: Limits::new(options.limit),
            effects: Effects::new(options.limit.is_some()),
            options,
            rows: Vec::new(),
            free: Vec::new(),
            has_reused: false,
            index: Index::default(),
            boot: WakeQueue::default(),
            wall: WakeQueue::default(),
            added: 0,
            serial: 0,
            now: now.boot,
            clocks: Clocks::new(now),
            set_back_report: SetBackReport::default(),
            stopping: false,
            awaits_start: false,
            due_rows: Vec::new(),
            row_set: RowSet::default(),
            reloads: 0,
        }
    }

    pub(super) fn insert(&mut self, mut task: Task, now: Now) -> TaskId {
        if let Some(last) = self.rows.last().and_then(Option::as_ref) {
            task.share_spec(&last.task);
        }
        self.has_reused |= !self.free.is_empty();
        let id = self.free.pop().unwrap_or_else(|| {
            self.rows.push(None);
            TaskId { place: u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX), generation: 0 }
        });
        debug_assert!(self.rows[id.place as usize].is_none(), "the place of {id:?} is taken");
        debug_assert!(self.index.len() + self.free.len() < self.rows.len(), "a name without a row");
        self.effects.spare.note_rows(self.rows.len());
        self.index.insert(task.name(), id.place);
        self.clocks.follow(task.spec(), now);
        let row = Row::new(id, self.added, Arc::new(task), &self.options.node, now);
        self.added += 1;
        self.rows[id.place as usize] = Some(row);
        self.requeue(id.place);
        id
    }

    /// Returns the name of this node, from the options.
    pub fn node(&self) -> &str {
        &self.options.node
    }

    /// Returns the number of tasks, including those left out.
    pub fn tasks(&self) -> usize {
        self.index.len()
    }

    /// Returns the number of runs that wait for their start.
    pub fn ready(&self) -> usize {
        self.effects.ready.len()
    }

    /// Returns the number of active runs, without those that wait for their start or their retry.
    #[inline]
    pub fn running(&self) -> usize {
        self.limits.taken(GroupId::SERVICE)
    }

    /// Whether no task can run again: all are done, left out or removed, and no run is active.
    ///
    /// # Examples
    /// ```
    /// # use std::num::NonZeroU64;
    /// # use periodic_core::scheduler::{Scheduler, SchedulerOptions};
    /// # use periodic_core::task::{Ended, Next, Task, TaskName, TaskSpec};
    /// # use periodic_core::time::Now;
    /// let start = Now::default();
    /// let mut scheduler = Scheduler::empty(SchedulerOptions::default(), start);
    /// assert!(scheduler.is_exhausted());
    /// let once = TaskSpec::new("import").run_immediately().max_runs(NonZeroU64::MIN);
    /// scheduler.add(Task::new(TaskName::new("Manager", "import")?, once), start)?;
    /// assert!(!scheduler.is_exhausted());
    /// let _ = scheduler.poll(start);
    /// let run = scheduler.start_next(start).unwrap();
    /// assert!(!scheduler.is_exhausted());
    /// scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), start);
    /// assert!(scheduler.is_exhausted());
    /// # Ok::<(), periodic_core::scheduler::ControlError>(())
    /// ```
    pub fn is_exhausted(&self) -> bool {
        self.running() == 0 && self.rows.iter().flatten().all(Row::is_over)
    }

    /// Returns the place of the row of `name`: a full name, or a name inside its manager if only one manager has it.
    ///
    /// This is a lookup without a search, because every other call may wait for it.
    pub(super) fn find(&self, name: &str) -> Result<u32, ControlError> {
        // No name is longer, and other calls must not wait while megabytes are hashed.
        if name.len() > LONGEST {
            return Err(ControlError::unknown(name));
        }
        if let Some(row) = self.index.full.get(name) {
            return Ok(*row);
        }
        let (rows, count) = self.index.inside(name);
        match rows[..] {
            [row] => Ok(row),
            [] => Err(ControlError::unknown(name)),
            ref several => {
                let mut candidates = Vec::new();
                for row in several {
                    candidates.extend(self.rows[*row as usize].as_ref().map(|row| row.task.name().clone()));
                }
                candidates.sort();
                let (name, more) = (periodic_text::quoted(name).to_string(), count - candidates.len());
                Err(ControlError::Ambiguous { name, candidates, more })
            }
        }
    }

    /// Returns a page of the names of the tasks, from page 0, for [`ControlError::hinted`]; `None` after the last
    /// page.
    ///
    /// A page takes microseconds, so that a driver can serve other calls between two pages. With more than 8192 tasks
    /// there is no page, because a search of them would take too long.
    pub fn names(&self, page: usize) -> Option<Vec<TaskName>> {
        // The rows do not shrink, so they may be far more than the names.
        let full = &self.index.full;
        let begin = page.checked_mul(NAMES_AT_ONCE)?;
        if full.len() > SEARCHED || begin >= full.len() {
            return None;
        }
        let rows = full.values().skip(begin).take(NAMES_AT_ONCE);
        Some(rows.filter_map(|row| self.rows[*row as usize].as_ref()).map(|row| row.name().clone()).collect())
    }

    /// Takes the next record: the outcome of one slot, or of several slots with the same outcome.
    pub fn take_record(&mut self) -> Option<SlotRecord> {
        self.effects.records.pop(task_of(&self.rows))
    }

    /// Returns the waiting records from position `from` on.
    pub(crate) fn records(&self, from: usize) -> impl Iterator<Item = SlotRecord> {
        self.effects.records.iter(from, task_of(&self.rows))
    }

    /// Drops all waiting records.
    pub(crate) fn forget_records(&mut self) {
        self.effects.records.clear();
    }

    /// Takes the token of a run that was asked to end. Cancel it with no lock held: cancelling runs wakers.
    pub fn take_to_cancel(&mut self) -> Option<Cancellation> {
        self.effects.to_cancel.pop()
    }

    /// Takes a run that a newer slot replaces. The driver must end it.
    pub fn take_replaced(&mut self) -> Option<RunId> {
        self.effects.replaced.pop_front()
    }

    /// Returns the last reading of both clocks, for a driver whose clock panicked.
    pub(crate) fn last_reading(&self) -> Now {
        self.clocks.last_reading(self.now)
    }

    /// Returns a reading of both clocks, brought forward to the newest one if it is older.
    #[inline]
    pub(super) fn forward(&mut self, now: Now) -> Now {
        if now.boot < self.now {
            return Now { boot: self.now, wall: now.wall_at(self.now) };
        }
        self.now = now.boot;
        now
    }

    /// Returns the places of all rows, including free ones.
    pub(super) fn places(&self) -> core::ops::Range<u32> {
        // `insert` never creates more rows than a `u32` can number.
        0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Visits a row: opens the visit, takes the step, and closes the visit. Returns `None` without such a row.
    pub(super) fn visit<T>(
        &mut self,
        id: u32,
        now: Now,
        open: Open,
        step: impl FnOnce(&mut Row, &mut Visit<'_>) -> T,
    ) -> Option<T> {
        if open == Open::ToChange {
            self.effects.records.write_out(id, task_of(&self.rows));
        }
        let awaits_start = self.awaits_start;
        let (row, mut visit) = self.step_of(id, now)?;
        if open != Open::AsIs {
            visit.effects.ready.next_generation();
            if awaits_start {
                row.begin_anew(now);
            }
            row.settle(&mut visit, Upto::Before);
        }
        let answer = step(row, &mut visit);
        row.assert_sound();
        if row.is_gone() {
            self.forget(id);
        } else {
            self.requeue(id);
        }
        Some(answer)
    }

    /// Whether the queues hold the times at which the row must be visited.
    pub(super) fn is_queued(&self, id: u32) -> bool {
        let next = self.rows[id as usize].as_ref().map_or_else(NextWake::default, Row::next_wake);
        (self.boot.wanted(id), self.wall.wanted(id)) == (next.boot, next.wall)
    }

    /// Returns a row and the context of a step, for a visit that is not closed.
    #[inline]
    pub(super) fn step_of(&mut self, id: u32, now: Now) -> Option<(&mut Row, Visit<'_>)> {
        let row = self.rows.get_mut(id as usize)?.as_mut()?;
        Some((
            row,
            Visit { now, serial: &mut self.serial, limits: &mut self.limits, effects: &mut self.effects },
        ))
    }

    /// Drops a row whose task was removed and whose last run has ended.
    fn forget(&mut self, id: u32) {
        self.effects.records.write_out(id, task_of(&self.rows));
        if let Some(row) = self.rows[id as usize].take() {
            self.free.push(row.id.next());
        }
        self.requeue(id);
    }

    pub(super) fn requeue(&mut self, id: u32) {
        let row = self.rows[id as usize].as_mut();
        let next = row.map_or_else(NextWake::default, |row| {
            row.note_pace();
            row.next_wake()
        });
        self.boot.set(id, next.boot);
        self.wall.set(id, next.wall);
    }
}

/// Returns the task of a row, from which the row's records are built.
pub(super) fn task_of<'r>(rows: &'r [Option<Row>]) -> impl Fn(u32) -> Option<&'r Arc<Task>> {
    |id| rows.get(id as usize)?.as_ref().map(|row| &row.task)
}
