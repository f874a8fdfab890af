use core::time::Duration;

use super::{Moment, ScriptEvent, Span, Takes};
use crate::scheduler::SchedulerOptions;
use crate::table::{TableError, TaskTable};
use crate::task::Task;
use crate::time::Timestamp;

/// The default start. Any date would do, but it must be the same each day.
const START: Timestamp = Timestamp::from_secs(1_767_225_600);

/// The default grace time of a stop: the runner's.
const GRACE: Duration = Duration::from_secs(60);

/// The data of a simulation: tasks, the durations of their runs, and the events of their service.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) table: Result<TaskTable, TableError>,
    pub(super) added: Vec<Task>,
    pub(super) takes: Vec<(String, Takes)>,
    pub(super) events: Vec<(Span, ScriptEvent)>,
    pub(super) start: Moment,
    pub(super) limit: Option<usize>,
    pub(super) grace: Span,
    pub(super) options: SchedulerOptions,
}

impl Script {
    pub(super) fn new(table: Result<TaskTable, TableError>) -> Self {
        Self {
            table,
            added: Vec::new(),
            takes: Vec::new(),
            events: Vec::new(),
            start: START.into(),
            limit: None,
            grace: GRACE.into(),
            options: SchedulerOptions::default(),
        }
    }

    /// Returns the events by their time, those of one time in the order in which they were written.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &(Span, ScriptEvent)> {
        let mut events: Vec<&(Span, ScriptEvent)> = self.events.iter().collect();
        events.sort_by_key(|(at, _)| at.length());
        events.into_iter()
    }
}
