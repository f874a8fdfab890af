use core::time::Duration;
use std::sync::Arc;

use super::clocks::Clocks;
use super::index::Index;
use super::numbers::Numbers;
use super::output::Output;
use super::queue::WakeQueue;
use super::ready::ReadyQueue;
use super::row::{Phase, Row, Wakes};
use super::set_back::SetBackReport;
use super::turns::Turns;
use super::{Finished, Options, RunId, SlotRecord, Start, TaskId, Upto};
use crate::table::TaskTable;
use crate::task::{Cancellation, Ended, Outcome};
use crate::time::{Instant, Now, nanos};

/// From so many rows on, they lend each other what they need only while they run.
const MANY_ROWS: usize = 1_024;

/// Decides, for every task of a table, what runs when.
///
/// Its `now` never decreases: a reading that lies before an earlier one counts as that. The wall clock may
/// jump either way; a slot that was decided is not decided again, unless the clock was wrong by more than three hours:
/// see [`ClockSetBack`](super::ClockSetBack).
///
/// The driver must drain [`take_record`](Self::take_record): what became of each slot waits there.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_core::scheduler::{Options, Scheduler};
/// use periodic_core::table::Task;
/// use periodic_core::task::{Ended, Interval, Next, Outcome, TaskName, TaskSpec};
/// use periodic_core::time::Now;
///
/// let start = Now::default();
/// let mut scheduler = Scheduler::empty(Options::default(), start);
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
    pub(super) options: Options,
    /// By [`TaskId`]; empty places are used again.
    pub(super) rows: Vec<Option<Row>>,
    pub(super) free: Vec<u32>,
    /// Whether a place was used again. Until then rows lie in table order.
    pub(super) has_reused: bool,
    pub(super) index: Index,
    pub(super) boot: WakeQueue,
    pub(super) wall: WakeQueue,
    pub(super) output: Output,
    /// How many tasks were ever added: the next one's place in the table order.
    added: u64,
    pub(super) serial: u64,
    pub(super) now: Instant,
    pub(super) clocks: Clocks,
    pub(super) set_back_report: SetBackReport,
    pub(super) stopping: bool,
    /// Whether the grids are yet to begin.
    pub(super) awaits_start: bool,
    /// The rows of the poll at hand; kept, as what sorts them, so that polling allocates nothing.
    pub(super) batch: Vec<u32>,
    pub(super) numbers: Numbers,
    pub(super) turns: Turns,
}

impl Scheduler {
    /// A scheduler of the tasks of `table`, whose grids begin at `now`.
    pub fn new(table: TaskTable, options: Options, now: Now) -> Self {
        let mut scheduler = Self::empty(options, now);
        for task in table.into_tasks() {
            let id = scheduler.insert(task, now);
            if let Some(row) = &mut scheduler.rows[id.0 as usize] {
                row.configured = Some(Arc::clone(&row.task));
            }
        }
        scheduler
    }

    /// A scheduler without tasks; [`add`](Self::add) gives it some.
    pub fn empty(options: Options, now: Now) -> Self {
        let ready = ReadyQueue::new(options.limit.is_some());
        Self {
            options,
            rows: Vec::new(),
            free: Vec::new(),
            has_reused: false,
            index: Index::default(),
            boot: WakeQueue::default(),
            wall: WakeQueue::default(),
            output: Output::new(ready),
            added: 0,
            serial: 0,
            now: now.boot,
            clocks: Clocks::new(now),
            set_back_report: SetBackReport::default(),
            stopping: false,
            awaits_start: false,
            batch: Vec::new(),
            numbers: Numbers::default(),
            turns: Turns::default(),
        }
    }

    /// Takes the next run that may start, if there is one and the limit leaves room for it, and starts it.
    ///
    /// Runs come in the order of the polls that decided them, and of one poll in table order; where there is
    /// a limit, in the order in which they were due.
    pub fn start_next(&mut self, now: Now) -> Option<Start> {
        self.start_next_until(now, i64::MAX)
    }

    /// As [`start_next`](Self::start_next), where there is no limit: of the runs that were made ready up to this batch.
    pub(crate) fn start_next_until(&mut self, now: Now, batch: i64) -> Option<Start> {
        loop {
            let now = self.forward(now);
            let start = self.next_ready(batch, |row, run, output| row.hand_out(run, now, output))?;
            // A retry that waited too long for its place is over instead.
            if let Some(lateness) = self.begin_run(start.id, now) {
                return Some(Start { lateness, ..start });
            }
        }
    }

    /// Takes the next run that may start, as [`start_next`](Self::start_next), but does not start it.
    ///
    /// For a driver that starts it somewhere else, between which and now a control may come: there it asks
    /// [`begin_run`](Self::begin_run) before the task's first line.
    pub fn hand_out(&mut self, now: Now) -> Option<Start> {
        let now = self.forward(now);
        self.next_ready(i64::MAX, |row, run, output| row.hand_out(run, now, output))
    }

    /// The latest batch of runs that were made ready.
    pub(crate) fn latest_batch(&self) -> i64 {
        self.output.ready.latest_batch()
    }

    /// As [`hand_out`](Self::hand_out), for a driver that runs no code: without a token and a progress note,
    /// but with the slot and the attempt's number.
    #[cfg(feature = "sim")]
    pub(crate) fn hand_out_silently(&mut self, now: Now) -> Option<(RunId, crate::task::Slot, u32)> {
        self.forward(now);
        self.next_ready(i64::MAX, |row, run, output| {
            let id = RunId { row: row.id, serial: run };
            let active = row.hand_out_with(run, None, output)?;
            Some((id, active.slot, active.attempt()))
        })
    }

    fn next_ready<T>(
        &mut self,
        batch: i64,
        hand_out: impl Fn(&mut Row, u64, &mut Output) -> Option<T>,
    ) -> Option<T> {
        if self.options.limit.is_some_and(|limit| self.output.running >= limit.get()) {
            return None;
        }
        while let Some(entry) = self.output.ready.pop_until(batch) {
            let Some(row) = self.rows[entry.row as usize].as_mut() else { continue };
            if let Some(handed) = hand_out(row, entry.serial, &mut self.output) {
                return Some(handed);
            }
        }
        None
    }

    /// Starts a run that was handed out, and answers how late it is.
    ///
    /// `None` if it must not start: its task was paused, disabled or removed since, the service is being stopped, or
    /// it is a retry and the schedule's next slot has come. Then its slot is recorded already, and there is no end to
    /// report.
    pub fn begin_run(&mut self, run: RunId, now: Now) -> Option<Duration> {
        // It may decide slots, and be told by a thread of a time from before the clock was set.
        let now = if self.clocks.is_followed { self.read(now) } else { self.forward(now) };
        let row = self.rows.get_mut(run.row as usize).and_then(Option::as_mut)?;
        let awaited_retry = row.awaits_retry();
        let lateness = row.begin_run(run.serial, now, &mut self.serial, &mut self.output);
        if awaited_retry || row.phase != Phase::Active {
            // The last of its `max_runs`, or a wait that is over. Otherwise it wants to be looked at when it wanted to
            // be before.
            self.requeue(run.row);
        }
        lateness
    }

    /// Takes back a run that ended at `now`.
    ///
    /// A run that ends at a slot's instant has ended before it. A run that is not known, because its end
    /// was already reported, is passed over. One that failed may be tried again: then its slot has no outcome yet,
    /// and the next attempt is a run with an id of its own.
    pub fn finished(&mut self, run: RunId, ended: Ended, now: Now) -> Finished {
        let now = if !self.clocks.is_followed && self.clocks.went_on_alike(now) {
            // Windows alone depend on the wall clock then, and for them a reading at each poll is enough.
            now
        } else {
            self.take_reading(now)
        };
        self.forward(now);
        let Some(row) = self.rows.get_mut(run.row as usize).and_then(Option::as_mut) else {
            return Finished::Unknown;
        };
        self.output.ready.next_batch();
        let finished = row.finish(run.serial, ended, now, &mut self.serial, &mut self.output);
        let is_gone = row.is_gone();
        if is_gone {
            self.output.records.write_out(run.row, &self.rows);
            self.rows[run.row as usize] = None;
            self.free.push(run.row);
        } else {
            self.requeue(run.row);
        }
        finished
    }

    /// Records the outcome of a run that cannot be ended: a blocking one that passed its timeout.
    ///
    /// It counts as going until [`finished`](Self::finished) reports its real end, which records nothing more.
    pub fn abandoned(&mut self, run: RunId, outcome: Outcome, now: Now) {
        let now = self.forward(now);
        if let Some(row) = self.rows.get_mut(run.row as usize).and_then(Option::as_mut) {
            row.abandon(run.serial, outcome, now, &mut self.output);
        }
    }

    /// Records the outcome of all runs that are going, because their driver gives up waiting for them.
    pub fn abandon_all(&mut self, outcome: &Outcome, now: Now) {
        let now = self.forward(now);
        for row in self.rows.iter_mut().flatten() {
            row.abandon_all(outcome, now, &mut self.output);
        }
    }

    /// Has no slots before [`begin_grids`](Self::begin_grids): what looks at a task earlier, controls it or stops it
    /// finds a grid that begins at that moment.
    ///
    /// For a driver that makes the scheduler some time before it first polls it.
    pub fn await_start(&mut self) {
        self.awaits_start = true;
    }

    /// Begins anew: every grid that has decided nothing yet starts at `now`.
    pub fn begin_grids(&mut self, now: Now) {
        let now = self.read(now);
        self.awaits_start = false;
        for id in 0..self.rows.len() {
            if let Some(row) = &mut self.rows[id] {
                row.begin_anew(now);
            }
            self.requeue(u32::try_from(id).unwrap_or(u32::MAX));
        }
    }

    /// Stops: slots from `now` on do not exist, what waits is skipped, what runs is asked to end.
    ///
    /// The runs' ends are still to be reported.
    pub fn stop(&mut self, now: Now) {
        let now = self.read(now);
        self.stopping = true;
        for id in 0..self.rows.len() {
            if let Some(row) = &mut self.rows[id] {
                if self.awaits_start {
                    row.begin_anew(now);
                }
                row.stop(now, &mut self.serial, &mut self.output);
            }
            // There are never more rows than `insert` could number.
            self.requeue(u32::try_from(id).unwrap_or(u32::MAX));
        }
    }

    /// Takes a record of what became of one slot, or of several equal ones.
    pub fn take_record(&mut self) -> Option<SlotRecord> {
        self.output.records.pop(&self.rows)
    }

    /// For a driver that nobody has asked what became of slots: lets the newest `most` records wait, if all that wait
    /// are of runs that ended well, and answers how many do. A few more may.
    ///
    /// Such a record is made when it is taken, so one that never is costs next to nothing. `None` if there are others;
    /// then the driver takes all.
    pub fn let_records_wait(&mut self, most: usize) -> Option<usize> {
        self.output.records.wait(most)
    }

    /// The records that wait, from this place on.
    pub(crate) fn records(&self, from: usize) -> impl Iterator<Item = SlotRecord> {
        self.output.records.iter(from, &self.rows)
    }

    /// Lets all records go that wait.
    pub(crate) fn forget_records(&mut self) {
        self.output.records.clear();
    }

    /// Takes the token of a run that is asked to end, for the driver to cancel: at a time when nothing is locked,
    /// because that wakes whoever waits for it.
    pub fn take_token(&mut self) -> Option<Cancellation> {
        self.output.tokens.pop()
    }

    /// Takes a run that a newer slot replaces. The driver is to end it.
    pub fn take_cancelled(&mut self) -> Option<RunId> {
        self.output.cancelled.pop_front()
    }

    /// Whether [`take_cancelled`](Self::take_cancelled) has something to take.
    pub fn has_cancelled(&self) -> bool {
        !self.output.cancelled.is_empty()
    }

    /// The name of this node, as the options have it.
    pub fn node(&self) -> &str {
        &self.options.node
    }

    /// Changes the longest time to the next poll. Zero counts as 1 ms.
    pub fn set_max_idle(&mut self, longest: Duration) {
        self.options.max_idle = nanos(longest.max(Duration::from_millis(1)));
    }

    /// How many tasks there are, those that are left out among them.
    pub fn tasks(&self) -> usize {
        self.index.len()
    }

    /// How many runs wait to be started.
    pub fn ready(&self) -> usize {
        self.output.ready.len()
    }

    /// How many runs are going; those that wait for their start or their retry are none of them.
    pub fn running(&self) -> usize {
        self.output.running
    }

    /// Whether there is no task that could ever run again: all are done, left out or removed.
    pub fn is_exhausted(&self) -> bool {
        self.output.running == 0 && self.rows.iter().flatten().all(Row::is_over)
    }

    #[inline]
    pub(super) fn forward(&mut self, now: Now) -> Now {
        self.now = self.now.max(now.boot);
        Now { boot: self.now, wall: now.wall }
    }

    pub(super) fn insert(&mut self, mut task: crate::table::Task, now: Now) -> TaskId {
        if let Some(last) = self.rows.last().and_then(Option::as_ref) {
            task.share_spec(&last.task);
        }
        self.has_reused |= !self.free.is_empty();
        let id = self.free.pop().unwrap_or_else(|| {
            self.rows.push(None);
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        });
        self.output.has_many_rows |= self.rows.len() > MANY_ROWS;
        self.index.insert(task.name(), id);
        self.clocks.follow(task.spec(), now);
        let row = Row::new(id, self.added, Arc::new(task), &self.options.node, now);
        self.added += 1;
        self.rows[id as usize] = Some(row);
        self.requeue(id);
        TaskId(id)
    }

    /// Decides the slots of a row before a control, under the state that held.
    pub(super) fn settle_before(&mut self, id: u32, now: Now) {
        self.output.ready.next_batch();
        let Some(row) = &mut self.rows[id as usize] else { return };
        if self.awaits_start {
            row.begin_anew(now);
        }
        row.settle(now, Upto::Before, &mut self.serial, &mut self.output);
    }

    pub(super) fn requeue(&mut self, id: u32) {
        let row = self.rows[id as usize].as_mut();
        let wakes = row.map_or_else(Wakes::default, |row| {
            row.note_whether_simple();
            row.wakes()
        });
        self.boot.set(id, wakes.boot);
        self.wall.set(id, wakes.wall);
    }
}
