//! The output of the program: its task table at the start, a summary at the end.

use std::fmt::{self, Display};
use std::time::Duration;

use periodic::scheduler::{Counters, TaskStatus};

use self::Side::{Left, Right};

/// Returns the tasks, their schedules, and the time of each next run.
pub(crate) fn table(status: &[TaskStatus]) -> Columns<3> {
    let mut columns = Columns::new([("task", Left), ("schedule", Left), ("next run", Left)]);
    for task in status {
        columns.push([task.name().task().into(), task.task.spec().schedule.to_string(), next(task)]);
    }
    columns
}

/// Returns the runs of each task, their outcomes, and the duration of the last run.
pub(crate) fn summary(status: &[TaskStatus]) -> Columns<7> {
    let mut columns = Columns::new([
        ("task", Left),
        ("runs", Right),
        ("ok", Right),
        ("failed", Right),
        ("skipped", Right),
        ("last outcome", Left),
        ("took", Right),
    ]);
    for task in status {
        let Counters { runs, ok, failed, panicked, timed_out, cancelled, .. } = task.counters;
        columns.push([
            task.name().task().into(),
            runs.to_string(),
            ok.to_string(),
            (failed + panicked + timed_out + cancelled).to_string(),
            task.counters.skipped_in_all().to_string(),
            outcome(task),
            took(task).unwrap_or_default(),
        ]);
    }
    columns
}

fn next(task: &TaskStatus) -> String {
    match (task.task.left_out(), task.due_in) {
        (Some(reason), _) => format!("left out: {reason}"),
        (None, Some(Duration::ZERO)) => "at once".into(),
        (None, Some(due_in)) => format!("in {:.1} s", due_in.as_secs_f64()),
        (None, None) => String::new(),
    }
}

fn outcome(task: &TaskStatus) -> String {
    match (&task.last, task.task.left_out()) {
        (Some(record), _) => record.outcome.label().into(),
        (None, Some(_)) => "left out".into(),
        (None, None) => "none yet".into(),
    }
}

fn took(task: &TaskStatus) -> Option<String> {
    let record = task.last.as_ref()?;
    let elapsed = record.decided - record.started?;
    Some(format!("{:.1} ms", elapsed.as_secs_f64() * 1000.0))
}

/// The side of its column at which a text stands.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// Rows of text, each column as wide as its longest entry.
pub(crate) struct Columns<const N: usize> {
    sides: [Side; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Columns<N> {
    fn new(columns: [(&str, Side); N]) -> Self {
        Self { sides: columns.map(|(_, side)| side), rows: vec![columns.map(|(title, _)| title.to_owned())] }
    }

    fn push(&mut self, row: [String; N]) {
        self.rows.push(row);
    }
}

impl<const N: usize> Display for Columns<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, text) in widths.iter_mut().zip(row) {
                *width = text.len().max(*width);
            }
        }
        for row in &self.rows {
            let cells = row.iter().zip(widths).zip(self.sides).map(|((text, width), side)| match side {
                Left => format!("{text:<width$}"),
                Right => format!("{text:>width$}"),
            });
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}
