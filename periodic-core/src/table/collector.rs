use core::fmt::{Display, Write as _};

use crate::manager::problems::{Problems, RowProblem};
use crate::manager::{OpenTask, PeriodicManager};
use crate::spec::TaskSpec;
use crate::task::{Path, TaskName};

/// How many tasks an error about an included field lists.
const LISTED: usize = 20;

/// Takes in the rows of a manager and of all that it includes.
///
/// A manager's `collect` names its rows; the collector keeps where in the tree of includes it is, which gives
/// each row its full name and the path by which [`call`](PeriodicManager::call) finds it again.
#[derive(Debug, Default)]
pub struct Collector {
    /// How many managers stand side by side, the one whose rows are being added among them.
    parts: usize,
    root: Option<&'static str>,
    /// The manager whose rows are being added.
    current: &'static str,
    segments: Vec<Segment>,
    path: Vec<u32>,
    rows: Vec<Row>,
    problems: Problems<RowProblem>,
}

#[derive(Debug)]
pub(super) struct Row {
    /// Which of the managers that stand side by side it belongs to.
    pub(super) part: usize,
    root: &'static str,
    segments: Vec<Segment>,
    pub(super) spec: TaskSpec,
    pub(super) path: Path,
    /// Where the row comes from, for the error about two of one name.
    pub(super) origin: String,
}

#[derive(Clone, Debug)]
enum Segment {
    Field(&'static str),
    Key(String),
}

impl Collector {
    /// Says which manager's rows follow. The first one outside any include names all of them.
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

    /// Adds the rows of a trait, below the row number `row`, but those named in `except`.
    pub fn inherit(&mut self, row: u32, tasks: &[TaskSpec], except: &[&str]) {
        for (index, spec) in (0..).zip(tasks) {
            if !except.contains(&spec.name) {
                self.push(&[row, index], spec, &format!("a trait that `{}` inherits", self.current));
            }
        }
    }

    /// Adds the rows of a field's manager, below the row number `row`, but those named in `except`.
    ///
    /// An exception is a name inside the included manager. A container's keys may stand in it or not:
    /// `poll` leaves out every element's, `ipmi.poll` that of one.
    pub fn include<M: PeriodicManager + ?Sized>(
        &mut self,
        field: &'static str,
        row: u32,
        manager: &M,
        except: &[&'static str],
    ) {
        let first = self.rows.len();
        self.inside(Segment::Field(field), row, manager);
        let depth = self.segments.len() + 1;
        let included = self.rows.split_off(first);
        for &name in except {
            // An empty container has no rows by which a name could be judged.
            if !included.is_empty() && !included.iter().any(|row| row.is_called(depth, name)) {
                let field = self.name_of(field);
                self.problems.push(|| RowProblem::UnknownException {
                    field,
                    name: name.into(),
                    known: included.iter().take(LISTED).map(|row| row.name_below(depth, false)).collect(),
                    more: included.len().saturating_sub(LISTED),
                });
            }
        }
        self.rows
            .extend(included.into_iter().filter(|row| !except.iter().any(|name| row.is_called(depth, name))));
    }

    /// Adds the rows of a container's elements, each below its position and named after its key.
    ///
    /// The rows are sorted by key, because a map's own order differs from process to process; elements with
    /// numbers for keys keep their order.
    pub fn elements<'a, K: Display, M: PeriodicManager>(
        &mut self,
        elements: impl IntoIterator<Item = (K, &'a M)>,
    ) {
        let mut elements: Vec<_> =
            (0..).zip(elements).map(|(index, (key, manager))| (key.to_string(), index, manager)).collect();
        elements.sort_by(|(a, ..), (b, ..)| {
            if numeric(a) && numeric(b) { a.len().cmp(&b.len()).then_with(|| a.cmp(b)) } else { a.cmp(b) }
        });
        for (key, index, manager) in elements {
            self.inside(Segment::Key(key), index, manager);
        }
    }

    /// Adds the tasks declared outside the manager's `impl`, below the row number `row`.
    pub fn open<M: PeriodicManager>(&mut self, row: u32, tasks: &[&OpenTask<M>]) {
        for (index, task) in (0..).zip(tasks) {
            self.push(&[row, index], task.spec(), &format!("the module `{}`", task.module()));
        }
    }

    /// Adds the rows of a manager that stands beside those before it.
    pub(super) fn part<M: PeriodicManager + ?Sized>(&mut self, manager: &M) {
        self.root = None;
        self.parts += 1;
        let first = self.rows.len();
        manager.collect(self);
        // Only now, because the manager itself says what it is called.
        for row in &mut self.rows[first..] {
            row.root = self.root.unwrap_or_default();
        }
    }

    /// The rows with their full names, and what was wrong with them.
    pub(super) fn finish(self) -> (Vec<(TaskName, Row)>, Problems<RowProblem>) {
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

    fn inside<M: PeriodicManager + ?Sized>(&mut self, segment: Segment, row: u32, manager: &M) {
        let outer = self.current;
        self.segments.push(segment);
        self.path.push(row);
        manager.collect(self);
        self.path.pop();
        self.segments.pop();
        self.current = outer;
    }

    fn push(&mut self, rows: &[u32], spec: &TaskSpec, origin: &str) {
        let path: Path = self.path.iter().chain(rows).copied().collect();
        // The row tells apart two of one type, as the elements of a container are.
        let origin = match self.parts {
            0 | 1 => format!("{origin} (row {path:?})"),
            manager => format!("{origin} (row {path:?} of manager {manager})"),
        };
        let (part, root) = (self.parts.saturating_sub(1), "");
        self.rows.push(Row { part, root, segments: self.segments.clone(), spec: *spec, path, origin });
    }

    fn name_of(&self, field: &str) -> String {
        let mut name = self.root.unwrap_or_default().to_owned();
        for segment in &self.segments {
            name.push('.');
            name.push_str(segment.text());
        }
        name.push('.');
        name.push_str(field);
        name
    }
}

impl Row {
    fn is_called(&self, depth: usize, name: &str) -> bool {
        self.name_below(depth, false) == name || self.name_below(depth, true) == name
    }

    fn name_below(&self, depth: usize, keyless: bool) -> String {
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
    fn text(&self) -> &str {
        match self {
            Self::Field(field) => field,
            Self::Key(key) => key,
        }
    }
}

fn numeric(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}
