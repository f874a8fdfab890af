//! Including a manager's rows below another's: a field, a container's elements, and managers side by side.

use core::fmt::Display;

use super::PeriodicManager;
use super::collector::{Collector, Segment};
use super::problems::RowProblem;

/// The most tasks that an error about an included field lists.
const LISTED: usize = 20;

impl Collector {
    /// Adds the rows of a field's manager, below the row number `row`, without those named in `except`.
    ///
    /// An exception is a name inside the included manager, with or without a container's key. `poll` leaves out the
    /// task of every element, `ipmi.poll` that of one.
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
            // An empty container has no rows against which a name could be checked.
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
    /// The rows are sorted by key, because a map's own order differs from process to process. Elements with numbers for
    /// keys keep their order.
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

    /// Adds the rows of another manager beside the earlier ones.
    pub(crate) fn part<M: PeriodicManager + ?Sized>(&mut self, manager: &M) {
        self.root = None;
        self.parts += 1;
        let first = self.rows.len();
        manager.collect(self);
        // The names come last, because the manager's `collect` states its own name.
        for row in &mut self.rows[first..] {
            row.root = self.root.unwrap_or_default();
        }
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

fn numeric(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}
