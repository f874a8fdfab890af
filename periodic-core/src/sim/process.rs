//! The state of the service's process, and of the tasks that are simulated.

use core::time::Duration;

use super::Takes;
use super::names::Names;
use super::takes::Draws;
use crate::schedule::Spread;
use crate::settings::names;
use crate::spec::Execution;
use crate::task::Task;
use crate::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Process {
    Up,
    /// Runs must end by `cut_at`. The process starts again `downtime` after its end, if there is one.
    Stopping {
        cut_at: Instant,
        downtime: Option<Duration>,
    },
    Down {
        up_at: Instant,
    },
}

/// The simulation's plan for a task.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) execution: Execution,
    pub(super) timeout: Option<Duration>,
    pub(super) draws: Draws,
}

/// Returns the index of a task's name. The draws of a name that an earlier process had are continued.
pub(super) fn plan(
    task: &Task,
    known: &mut Names,
    plans: &mut Vec<Plan>,
    takes: &[(String, Takes)],
) -> usize {
    let place = known.place(task.name());
    let (execution, timeout) = (task.spec().execution, task.spec().timeout);
    if let Some(plan) = plans.get_mut(place) {
        (plan.execution, plan.timeout) = (execution, timeout);
    } else {
        let found = takes.iter().rev().find(|(pattern, _)| names(pattern, task.name()));
        let takes = found.map(|(_, takes)| takes.clone()).unwrap_or_default();
        let draws = takes.drawn_for(Spread::seed(task.name().as_str(), ""));
        plans.push(Plan { execution, timeout, draws });
    }
    place
}
