use core::fmt;
use core::time::Duration;

use super::{TaskState, TaskStatus};
use crate::scheduler::ledger::SlotRecord;
use crate::task::Outcome;

/// The status of tasks as a table for people: a line for each task, columns as wide as needed.
///
/// | column | content |
/// | --- | --- |
/// | `name` | the full name |
/// | `state` | idle, going, retrying, paused, done, stopped, or why it is left out |
/// | `schedule` | when it runs |
/// | `next` | how long until the next run is due |
/// | `runs` | runs that started |
/// | `retries` | attempts after the first |
/// | `ok` | successful runs |
/// | `failed` | runs that failed, panicked or exceeded their timeout |
/// | `cancelled` | runs that were cancelled |
/// | `skipped` | slots that were skipped, for any reason |
/// | `coalesced` | slots replaced by the run of a newer one |
/// | `elapsed` | how long a run takes on average |
/// | `waited` | how long a run waits for its start on average, jitter not counted |
/// | `took` | how long the last run took |
/// | `last` | the last outcome |
/// | `error` | why the last failed run failed |
///
/// A dash stands for an unknown value.
///
/// # Examples
/// ```
/// use periodic_core::scheduler::{SchedulerOptions, Scheduler, StatusTable};
/// use periodic_core::task::{Task, TaskName, TaskSpec};
/// use periodic_core::time::Now;
///
/// let mut scheduler = Scheduler::empty(SchedulerOptions::default(), Now::default());
/// scheduler.add(Task::new(TaskName::new("Manager", "poll")?, TaskSpec::new("poll")), Now::default())?;
///
/// let table = StatusTable::new(scheduler.status(Now::default()));
/// let table = table.columns(["name", "next", "runs"])?;
/// assert_eq!(table.to_string(), "name          next  runs\nManager.poll    1m     0\n");
/// let error = table.columns(["run"]).unwrap_err();
/// assert!(error.to_string().starts_with("no column is called `run`; did you mean `runs`?"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StatusTable {
    status: Vec<TaskStatus>,
    columns: Vec<&'static Column>,
}

impl StatusTable {
    /// Creates a table of `status` with every column but `retries`, `cancelled`, `coalesced` and `error`.
    pub fn new(status: Vec<TaskStatus>) -> Self {
        let columns = COLUMNS.iter().filter(|column| column.usual).collect();
        Self { status, columns }
    }

    /// Sets the columns, in this order.
    ///
    /// # Errors
    /// When no column is named, or one that does not exist.
    pub fn columns<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, ColumnError> {
        self.columns.clear();
        for name in names {
            self.columns.push(Column::named(name)?);
        }
        if self.columns.is_empty() { Err(ColumnError::None) } else { Ok(self) }
    }
}

impl fmt::Display for StatusTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![String::new(); self.status.len() + 1];
        for (at, column) in self.columns.iter().enumerate() {
            let mut cells = vec![column.name.to_owned()];
            for task in &self.status {
                cells.push(periodic_text::escaped(&(column.cell)(task)).to_string());
            }
            let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
            for (line, cell) in lines.iter_mut().zip(cells) {
                line.push_str(if at == 0 { "" } else { "  " });
                let cell = if column.is_text { format!("{cell:<width$}") } else { format!("{cell:>width$}") };
                line.push_str(&cell);
            }
        }
        for line in lines {
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// The reason why a table cannot have these columns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnError {
    /// No column was named.
    None,
    /// A column does not exist.
    Unknown {
        /// The name in the call.
        name: String,
        /// The column that may have been meant.
        near: Option<&'static str>,
    },
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("a table needs a column; name at least one of")?,
            Self::Unknown { name, near: Some(near) } => {
                let name = periodic_text::quoted(name);
                write!(f, "no column is called `{name}`; did you mean `{near}`? There are")?;
            }
            Self::Unknown { name, near: None } => {
                write!(f, "no column is called `{}`; there are", periodic_text::quoted(name))?;
            }
        }
        COLUMNS.iter().try_for_each(|column| write!(f, " `{}`", column.name))
    }
}

impl core::error::Error for ColumnError {}

#[derive(Debug)]
struct Column {
    name: &'static str,
    /// Whether it is shown when no columns are chosen.
    usual: bool,
    /// Whether it is aligned left, as text; numbers are aligned right.
    is_text: bool,
    cell: fn(&TaskStatus) -> String,
}

impl Column {
    const fn text(name: &'static str, cell: fn(&TaskStatus) -> String) -> Self {
        Self { name, usual: true, is_text: true, cell }
    }

    const fn number(name: &'static str, cell: fn(&TaskStatus) -> String) -> Self {
        Self { name, usual: true, is_text: false, cell }
    }

    const fn on_demand(self) -> Self {
        Self { usual: false, ..self }
    }

    fn named(name: &str) -> Result<&'static Self, ColumnError> {
        COLUMNS.iter().find(|column| column.name == name).ok_or_else(|| {
            let near = periodic_text::nearest(name, &COLUMNS, |column| [column.name]);
            ColumnError::Unknown {
                name: periodic_text::quoted(name).to_string(),
                near: near.map(|column| column.name),
            }
        })
    }
}

static COLUMNS: [Column; 16] = [
    Column::text("name", |task| task.name().to_string()),
    Column::text("state", state),
    Column::text("schedule", |task| task.spec().schedule.to_string()),
    Column::number("next", |task| brief(task.due_in)),
    Column::number("runs", |task| task.counters.runs.to_string()),
    Column::number("retries", |task| task.counters.retries.to_string()).on_demand(),
    Column::number("ok", |task| task.counters.ok.to_string()),
    Column::number("failed", |task| task.counters.unsuccessful().to_string()),
    Column::number("cancelled", |task| task.counters.cancelled.to_string()).on_demand(),
    Column::number("skipped", |task| task.counters.skipped_in_all().to_string()),
    Column::number("coalesced", |task| task.counters.coalesced.to_string()).on_demand(),
    Column::number("elapsed", |task| brief(task.counters.average_elapsed())),
    Column::number("waited", |task| brief(task.counters.average_waited())),
    Column::number("took", |task| brief(task.last_run.as_ref().and_then(SlotRecord::elapsed))),
    Column::text("last", |task| or_dash(task.last.as_ref().map(|record| record.outcome.label()))),
    Column::text("error", |task| or_dash(task.last_failure.as_ref().map(|record| cause(&record.outcome))))
        .on_demand(),
];

fn state(task: &TaskStatus) -> String {
    let retries = !task.going.is_empty() && task.going.iter().all(|going| going.retry_at.is_some());
    if task.state == TaskState::Going && retries { "retrying".into() } else { task.state.to_string() }
}

fn cause(outcome: &Outcome) -> &str {
    match outcome {
        // The first line only, because a task has one line in the table.
        Outcome::Failed(error) | Outcome::Panicked(error) => error.as_str().lines().next().unwrap_or(""),
        other => other.label(),
    }
}

fn or_dash(text: Option<&str>) -> String {
    text.unwrap_or("-").to_owned()
}

/// Rounds down to 1 µs below 1 ms, and to 1 ms from there, because people read the table.
fn brief(time: Option<Duration>) -> String {
    let Some(time) = time else { return "-".to_owned() };
    let nanos = crate::time::nanos(time);
    let grain = if nanos < 1_000_000 { 1_000 } else { 1_000_000 };
    periodic_text::duration::written(nanos - nanos % grain).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_name_and_there_must_be_one() {
        let table = || StatusTable::new(Vec::new());
        assert_eq!(table().columns([]).unwrap_err(), ColumnError::None);
        let unknown = table().columns(["name", "frobnicate"]).unwrap_err();
        assert_eq!(unknown, ColumnError::Unknown { name: "frobnicate".into(), near: None });
        for name in ["\u{1b}[2J".to_owned(), "run\n".to_owned(), "x".repeat(1 << 20)] {
            let error = table().columns([&*name]).unwrap_err().to_string();
            assert!(error.chars().all(periodic_text::is_harmless) && error.len() < 1_000, "{error}");
        }
        for column in &COLUMNS {
            assert_eq!(COLUMNS.iter().filter(|other| other.name == column.name).count(), 1);
            assert_eq!(table().columns([column.name]).unwrap().to_string(), format!("{}\n", column.name));
        }
    }
}
