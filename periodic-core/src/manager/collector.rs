use core::fmt::Write as _;

use super::problems::{Problems, RowProblem};
use crate::spec::TaskSpec;
use crate::task::{Path, TaskName};

/// The collected rows of a manager, and of all managers that it includes.
///
/// A manager's `collect` names its rows. The collector keeps its place in the tree of includes. From it, each row gets
/// its full name and the path by which [`call`](super::PeriodicManager::call) finds it again.
#[derive(Debug, Default)]
pub struct Collector {
    /// The number of managers side by side so far, the current one included.
    pub(super) parts: usize,
    pub(super) root: Option<&'static str>,
    /// The manager whose rows are being added.
    pub(super) current: &'static str,
    pub(super) segments: Vec<Segment>,
    pub(super) path: Vec<u32>,
    pub(super) rows: Vec<Row>,
    pub(super) problems: Problems<RowProblem>,
}

#[derive(Debug)]
pub(crate) struct Row {
    /// The number of its manager among those side by side.
    pub(crate) part: usize,
    pub(super) root: &'static str,
    segments: Vec<Segment>,
    pub(crate) spec: TaskSpec,
    pub(crate) path: Path,
    /// The origin of the row, for the error about two rows of one name.
    pub(crate) origin: String,
}

#[derive(Clone, Debug)]
pub(super) enum Segment {
    Field(&'static str),
    Key(String),
}

impl Collector {
    /// Sets the manager whose rows follow. The first one outside any include gives its name to all of them.
    pub fn manager(&mut self, name: &'static str) {
        if self.segments.is_empty() && self.root.is_none() {
            self.root = Some(name);
        }
        self.current = name;
    }

    /// Adds the manager's own rows, numbered from 0.
    pub fn tasks(&mut self, tasks: &[TaskSpec]) {
        for (row, spec) in (0..).zip(tasks) {
            self.push(&[row], spec, &format!("the impl of `{}`", self.current));
        }
    }

    /// Adds the rows of a trait, below the row number `row`, without those named in `except`.
    pub fn inherit(&mut self, row: u32, tasks: &[TaskSpec], except: &[&str]) {
        for (index, spec) in (0..).zip(tasks) {
            if !except.contains(&spec.name) {
                self.push(&[row, index], spec, &format!("a trait that `{}` inherits", self.current));
            }
        }
    }

    /// Returns the rows with their full names, and the mistakes found in them.
    pub(crate) fn finish(self) -> (Vec<(TaskName, Row)>, Problems<RowProblem>) {
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut problems = self.problems;
        for row in self.rows {
            match TaskName::new(row.root, &row.name_below(0, false)) {
                Ok(name) => rows.push((name, row)),
                Err(name) => problems.push(|| RowProblem::Name { name, of: row.origin }),
            }
        }
        (rows, problems)
    }

    pub(super) fn push(&mut self, rows: &[u32], spec: &TaskSpec, origin: &str) {
        let path: Path = self.path.iter().chain(rows).copied().collect();
        // The row distinguishes two managers of one type, such as the elements of a container.
        let origin = match self.parts {
            0 | 1 => format!("{origin} (row {path:?})"),
            manager => format!("{origin} (row {path:?} of manager {manager})"),
        };
        let (part, root) = (self.parts.saturating_sub(1), "");
        self.rows.push(Row { part, root, segments: self.segments.clone(), spec: *spec, path, origin });
    }
}

impl Row {
    pub(super) fn is_called(&self, depth: usize, name: &str) -> bool {
        self.name_below(depth, false) == name || self.name_below(depth, true) == name
    }

    pub(super) fn name_below(&self, depth: usize, keyless: bool) -> String {
        let mut name = String::new();
        for segment in self.segments.iter().skip(depth) {
            if !(keyless && matches!(segment, Segment::Key(_))) {
                // Writing to a `String` cannot fail.
                let _ = write!(name, "{}.", segment.text());
            }
        }
        name + self.spec.name
    }
}

impl Segment {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Field(field) => field,
            Self::Key(key) => key,
        }
    }
}
