use core::time::Duration;

use super::minutes::Minutes;
use crate::sim::fold::{Fold, SimRun};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp, nanos};

/// The number of columns into which the horizon is divided for drawing: twice the pixels of a picture.
pub(super) const COLUMNS: usize = 1_440;

/// A task's runs over the horizon, at the resolution of the drawing.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// The number of starts in each column.
    pub(super) starts: Vec<u32>,
    /// The change of the number of active runs in each column.
    changes: Vec<i32>,
    going: i64,
    /// The sum of the runs' ends less their starts, in nanoseconds: their total time, once the active ones are cut.
    busy: i128,
    pub(super) first: Option<Timestamp>,
}

impl Default for Lane {
    fn default() -> Self {
        Self { starts: vec![0; COLUMNS], changes: vec![0; COLUMNS], going: 0, busy: 0, first: None }
    }
}

impl Lane {
    /// Returns the total time of all runs, inside the horizon.
    pub(super) fn busy(&self) -> Duration {
        Duration::from_nanos(u64::try_from(self.busy).unwrap_or(0))
    }

    /// Returns the stretches of columns with active runs, as their first column and their length.
    pub(super) fn stretches(&self) -> Vec<(usize, usize)> {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        let mut going = 0;
        for (column, change) in self.changes.iter().enumerate() {
            going += change;
            match stretches.last_mut() {
                _ if going <= 0 => {}
                Some((first, length)) if *first + *length == column => *length += 1,
                _ => stretches.push((column, 1)),
            }
        }
        stretches
    }
}

/// The starts of each minute, and the lane of each task.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    minutes: Minutes,
    /// In nanoseconds, at least 1.
    horizon: u64,
    pub(super) by_minute: Vec<u64>,
    pub(super) by_task: Vec<Lane>,
}

impl Lanes {
    pub(super) fn new(minutes: Minutes, horizon: Duration) -> Self {
        Self {
            minutes,
            horizon: nanos(horizon).unsigned_abs().max(1),
            by_minute: vec![0; minutes.count()],
            by_task: Vec::new(),
        }
    }

    fn column(&self, at: Instant) -> usize {
        let at = at.as_nanos().unsigned_abs();
        let column = match at.checked_mul(COLUMNS as u64) {
            Some(scaled) => scaled / self.horizon,
            // More than 148 days: the division comes first, which loses a part of a pixel.
            None => at / (self.horizon / COLUMNS as u64),
        };
        usize::try_from(column).unwrap_or(0).min(COLUMNS - 1)
    }

    fn lane(&mut self, task: usize) -> &mut Lane {
        if task >= self.by_task.len() {
            self.by_task.resize_with(task + 1, Lane::default);
        }
        &mut self.by_task[task]
    }
}

impl Fold for Lanes {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let (minute, column) = (self.minutes.of(now.boot), self.column(now.boot));
        if let Some(starts) = self.by_minute.get_mut(minute) {
            *starts += 1;
        }
        let lane = self.lane(run.task);
        lane.starts[column] += 1;
        lane.changes[column] += 1;
        lane.going += 1;
        lane.busy -= i128::from(now.boot.as_nanos());
        lane.first.get_or_insert(now.wall);
    }

    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        let column = self.column(now.boot);
        let lane = self.lane(run.task);
        lane.changes[column] -= 1;
        lane.going -= 1;
        lane.busy += i128::from(now.boot.as_nanos());
    }

    fn over(&mut self, tasks: &[TaskName], now: Now) {
        self.by_task.resize_with(tasks.len(), Lane::default);
        for lane in &mut self.by_task {
            lane.busy += i128::from(lane.going) * i128::from(now.boot.as_nanos());
        }
    }
}
