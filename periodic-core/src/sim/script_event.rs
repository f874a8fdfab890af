use core::fmt;

use super::{Moment, Span};
use crate::spec::Interval;
use crate::task::{Task, TaskName};

/// An event of a script: a change of the service or its machine at one time.
///
/// Tasks are named as in control calls: by their full name, or by the name inside their manager if only one manager has
/// it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until a simulation is given it"]
pub struct ScriptEvent(pub(super) What);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Suspend(Span),
    ClockForward(Span),
    ClockBack(Span),
    Clock(Moment),
    Stop,
    Restart(Span),
    Pause(String),
    Resume(String),
    Trigger(String),
    SetSpacing(String, Span),
    Disable(String),
    Enable(String),
    Add(Box<Task>),
    Remove(TaskName),
}

impl ScriptEvent {
    /// Suspends the machine for `length`. Both clocks advance; nothing runs, and active runs end that much later.
    ///
    /// After it the runner sleeps for the rest of its sleep, because a sleep does not count suspended time.
    pub fn suspend(length: impl Into<Span>) -> Self {
        Self(What::Suspend(length.into()))
    }

    /// Sets the wall clock forward by `by`.
    pub fn set_clock_forward(by: impl Into<Span>) -> Self {
        Self(What::ClockForward(by.into()))
    }

    /// Sets the wall clock back by `by`. The runner notices it when it reads the clock, within 30 s.
    pub fn set_clock_back(by: impl Into<Span>) -> Self {
        Self(What::ClockBack(by.into()))
    }

    /// Sets the wall clock to `time`.
    pub fn set_clock(time: impl Into<Moment>) -> Self {
        Self(What::Clock(time.into()))
    }

    /// Stops the service for good: runs get the grace time, and are then cancelled.
    pub fn stop() -> Self {
        Self(What::Stop)
    }

    /// Stops the service as [`stop`](Self::stop) does, and starts it again `downtime` after it has stopped. The new
    /// process has new grids and counters, and no tasks that were added since the start.
    pub fn restart_after(downtime: impl Into<Span>) -> Self {
        Self(What::Restart(downtime.into()))
    }

    /// Pauses a task.
    pub fn pause(task: impl Into<String>) -> Self {
        Self(What::Pause(task.into()))
    }

    /// Resumes a paused task.
    pub fn resume(task: impl Into<String>) -> Self {
        Self(What::Resume(task.into()))
    }

    /// Runs a task once, outside its grid.
    pub fn trigger(task: impl Into<String>) -> Self {
        Self(What::Trigger(task.into()))
    }

    /// Sets another spacing for a task; zero means the default of 60 s.
    pub fn set_spacing(task: impl Into<String>, spacing: impl Into<Span>) -> Self {
        Self(What::SetSpacing(task.into(), spacing.into()))
    }

    /// Takes a task off the schedule.
    pub fn disable(task: impl Into<String>) -> Self {
        Self(What::Disable(task.into()))
    }

    /// Puts a task that is left out on the schedule.
    pub fn enable(task: impl Into<String>) -> Self {
        Self(What::Enable(task.into()))
    }

    /// Adds a task.
    pub fn add(task: Task) -> Self {
        Self(What::Add(Box::new(task)))
    }

    /// Removes a task.
    pub fn remove(task: TaskName) -> Self {
        Self(What::Remove(task))
    }

    /// Returns the task that must be known.
    pub(super) fn task(&self) -> Option<&str> {
        match &self.0 {
            What::Pause(task)
            | What::Resume(task)
            | What::Trigger(task)
            | What::SetSpacing(task, _)
            | What::Disable(task)
            | What::Enable(task) => Some(task),
            What::Remove(task) => Some(task.as_str()),
            _ => None,
        }
    }

    pub(super) fn span(&self) -> Option<&Span> {
        match &self.0 {
            What::Suspend(span)
            | What::ClockForward(span)
            | What::ClockBack(span)
            | What::Restart(span)
            | What::SetSpacing(_, span) => Some(span),
            _ => None,
        }
    }
}

impl What {
    pub(super) fn interval(span: &Span) -> Interval {
        Interval::from_duration(span.length())
    }
}

impl fmt::Display for ScriptEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.0 {
            What::Suspend(_) => "suspend",
            What::ClockForward(_) => "set_clock_forward",
            What::ClockBack(_) => "set_clock_back",
            What::Clock(_) => "set_clock",
            What::Stop => "stop",
            What::Restart(_) => "restart_after",
            What::Pause(_) => "pause",
            What::Resume(_) => "resume",
            What::Trigger(_) => "trigger",
            What::SetSpacing(..) => "set_spacing",
            What::Disable(_) => "disable",
            What::Enable(_) => "enable",
            What::Add(task) => return write!(f, "add({})", task.name()),
            What::Remove(_) => "remove",
        };
        match self.task() {
            Some(task) => write!(f, "{name}({})", periodic_text::quoted(task)),
            None => f.write_str(name),
        }
    }
}
