use core::fmt;

use super::{Moment, Span};
use crate::spec::Interval;
use crate::task::{Task, TaskName};

/// What happens to the service at one time of a script.
///
/// Tasks are named as in control calls: by their full name, or by the name inside their manager where only one
/// manager has it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until a simulation is given it"]
pub struct Event(pub(super) What);

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

impl Event {
    /// The machine is suspended for so long. Both clocks go on; nothing runs, and what is going takes so much longer.
    ///
    /// After it the runner sleeps on for what was left of its sleep, as a sleep counts no suspended time.
    pub fn suspend(length: impl Into<Span>) -> Self {
        Self(What::Suspend(length.into()))
    }

    /// The wall clock is set forward by so much.
    pub fn set_clock_forward(by: impl Into<Span>) -> Self {
        Self(What::ClockForward(by.into()))
    }

    /// The wall clock is set back by so much. The runner notices it when it reads the clock, within 30 s.
    pub fn set_clock_back(by: impl Into<Span>) -> Self {
        Self(What::ClockBack(by.into()))
    }

    /// The wall clock is set to this time.
    pub fn set_clock(time: impl Into<Moment>) -> Self {
        Self(What::Clock(time.into()))
    }

    /// The service is stopped for good: runs get the grace time, and are cut then.
    pub fn stop() -> Self {
        Self(What::Stop)
    }

    /// The service is stopped, as by [`stop`](Self::stop), and started anew so long after it has stopped: a new
    /// process, with new grids and counters, and without tasks that were added since the start.
    pub fn restart_after(downtime: impl Into<Span>) -> Self {
        Self(What::Restart(downtime.into()))
    }

    /// A task is paused.
    pub fn pause(task: impl Into<String>) -> Self {
        Self(What::Pause(task.into()))
    }

    /// A paused task is resumed.
    pub fn resume(task: impl Into<String>) -> Self {
        Self(What::Resume(task.into()))
    }

    /// A task is run once, outside its grid.
    pub fn trigger(task: impl Into<String>) -> Self {
        Self(What::Trigger(task.into()))
    }

    /// A task gets another spacing; zero means the default of 60 s.
    pub fn set_spacing(task: impl Into<String>, spacing: impl Into<Span>) -> Self {
        Self(What::SetSpacing(task.into(), spacing.into()))
    }

    /// A task is taken off the schedule.
    pub fn disable(task: impl Into<String>) -> Self {
        Self(What::Disable(task.into()))
    }

    /// A task that is left out is put on the schedule.
    pub fn enable(task: impl Into<String>) -> Self {
        Self(What::Enable(task.into()))
    }

    /// A task is added.
    pub fn add(task: Task) -> Self {
        Self(What::Add(Box::new(task)))
    }

    /// A task is removed.
    pub fn remove(task: TaskName) -> Self {
        Self(What::Remove(task))
    }

    /// The task that must be known.
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

impl fmt::Display for Event {
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
