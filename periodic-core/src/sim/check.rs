//! The check of a script, before anything runs.

use core::time::Duration;

use super::script::Script;
use super::script_event::What;
use super::{ScriptEvent, ScriptProblem, Span};
use crate::scheduler::{ControlError, Scheduler, SchedulerOptions};
use crate::settings::names;
use crate::table::TaskTable;
use crate::task::{Task, TaskName};
use crate::time::{Now, nanos};

/// Returns the mistakes in a script. `place` names the length in their messages.
pub(super) fn check(script: &Script, length: &Span, place: &str) -> Vec<ScriptProblem> {
    let mut problems = Vec::new();
    let nothing = TaskTable::default();
    let table = script.table.as_ref().unwrap_or(&nothing);
    if let Err(error) = &script.table {
        problems.push(ScriptProblem::Table(error.clone()));
    }
    span(length, place, &mut problems);
    span(&script.grace, "the grace time", &mut problems);
    if let Err(error) = &script.start.0 {
        problems.push(ScriptProblem::Moment { place: "the start".into(), error: error.clone() });
    }
    if script.limit == Some(0) {
        let what = "it must be at least 1, as no run could start";
        problems.push(ScriptProblem::contradiction("the limit", what));
    }
    let mut known = Scheduler::new(table.clone(), SchedulerOptions::default(), Now::default());
    for task in &script.added {
        if let Err(why) = known.add(task.clone(), Now::default()) {
            problems.push(ScriptProblem::Refused { place: format!("`with({})`", task.name()), why });
        }
    }
    // Patterns and events may name the added tasks too. A task that is added twice is refused when the second event
    // comes.
    let later = script.events.iter().filter_map(|(_, event)| match &event.0 {
        What::Add(task) => Some(&**task),
        _ => None,
    });
    for task in later.clone() {
        match known.add(task.clone(), Now::default()) {
            Ok(_) | Err(ControlError::Duplicate(_)) => {}
            Err(why) => {
                problems.push(ScriptProblem::Refused { place: format!("`add({})`", task.name()), why });
            }
        }
    }
    let tasks: Vec<&Task> = table.tasks().iter().chain(&script.added).chain(later).collect();
    // Without a table no task is known, and each name would seem wrong.
    if script.table.is_ok() {
        patterns(script, &tasks, &mut problems);
    }
    events(script, length.length(), &known, &tasks, &mut problems);
    problems
}

fn span(span: &Span, place: &str, problems: &mut Vec<ScriptProblem>) {
    if let Err(bad) = &span.0 {
        problems.push(ScriptProblem::span(place.into(), bad));
    }
}

fn patterns(script: &Script, tasks: &[&Task], problems: &mut Vec<ScriptProblem>) {
    for (pattern, takes) in &script.takes {
        if !tasks.iter().any(|task| names(pattern, task.name())) {
            let known = tasks.iter().map(|task| task.name());
            let near = periodic_text::nearest(pattern, known, |name| [name.as_str(), name.task()]).cloned();
            problems.push(ScriptProblem::UnknownTask { pattern: pattern.clone(), near });
        }
        let place = format!("the `takes` of `{pattern}`");
        for part in takes.spans().iter().chain(takes.longest()) {
            span(part, &place, problems);
        }
        if let Some(what) = takes.problem() {
            problems.push(ScriptProblem::contradiction(place, what));
        }
    }
}

fn events(
    script: &Script,
    length: Duration,
    known: &Scheduler,
    tasks: &[&Task],
    problems: &mut Vec<ScriptProblem>,
) {
    let names: Vec<TaskName> = tasks.iter().map(|task| task.name().clone()).collect();
    let mut suspended = Duration::ZERO;
    let mut stopped = false;
    for (at, event) in script.in_order() {
        span(at, &format!("the time of `{event}`"), problems);
        let at = at.length();
        let place = format!("`{event}` at {}", periodic_text::duration::written(nanos(at)));
        if let Some(part) = event.span() {
            span(part, &place, problems);
        }
        if let What::Clock(moment) = &event.0
            && let Err(error) = &moment.0
        {
            problems.push(ScriptProblem::Moment { place: place.clone(), error: error.clone() });
        }
        if let (Some(task), true) = (event.task(), script.table.is_ok())
            && let Err(why) = known.status_of(task, Now::default())
        {
            problems.push(ScriptProblem::Refused { place: place.clone(), why: why.hinted(task, &names) });
        }
        let what = if at >= length && !length.is_zero() {
            Some("the simulation has ended by then; run it for longer")
        } else if at < suspended {
            Some("the machine is suspended at that time; move the event before or after")
        } else if stopped && !event.is_of_the_machine() {
            Some("the service was stopped before and stays stopped; `restart_after` starts it anew")
        } else {
            None
        };
        problems.extend(what.map(|what| ScriptProblem::contradiction(place, what)));
        stopped |= matches!(event.0, What::Stop);
        if let What::Suspend(length) = &event.0 {
            suspended = at.saturating_add(length.length());
        }
    }
}

impl ScriptEvent {
    fn is_of_the_machine(&self) -> bool {
        matches!(self.0, What::Suspend(_) | What::ClockForward(_) | What::ClockBack(_) | What::Clock(_))
    }
}
