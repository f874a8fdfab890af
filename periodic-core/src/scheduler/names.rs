use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::task::TaskName;

/// The most managers that are searched in turn for a task by its own name. Most services have few.
const ASKED: usize = 32;

/// The most candidates that an error lists.
const LISTED: usize = 16;

/// The rows by name.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By full name; the text is shared with the task.
    pub(super) full: HashMap<Arc<str>, u32>,
    managers: HashMap<Arc<str>, Manager>,
    /// The managers that are searched for a task by its own name.
    asked: Vec<Arc<str>>,
    /// The tasks of all other managers by own name: there may be as many managers as tasks.
    own: HashMap<Box<str>, BTreeSet<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Manager {
    /// The number of its tasks.
    tasks: u32,
    is_asked: bool,
}

impl Index {
    pub(super) fn insert(&mut self, name: &TaskName, row: u32) {
        let is_asked = self.has_task(name.manager());
        if !is_asked {
            self.own.entry(name.task().into()).or_default().insert(row);
        }
        self.full.insert(name.shared(), row);
    }

    pub(super) fn remove(&mut self, name: &TaskName) {
        let row = self.full.remove(name.as_str());
        let Some(manager) = self.managers.get_mut(name.manager()) else { return };
        manager.tasks -= 1;
        let Manager { tasks, is_asked } = *manager;
        if tasks == 0 {
            self.managers.remove(name.manager());
        }
        if is_asked && tasks == 0 {
            self.asked.retain(|asked| **asked != *name.manager());
        }
        if let (false, Some(row), Some(rows)) = (is_asked, row, self.own.get_mut(name.task())) {
            rows.remove(&row);
            if rows.is_empty() {
                self.own.remove(name.task());
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.full.len()
    }

    pub(super) fn contains(&self, name: &TaskName) -> bool {
        self.full.contains_key(name.as_str())
    }

    /// Returns the row of this full name.
    pub(super) fn exactly(&self, name: &TaskName) -> Option<u32> {
        self.full.get(name.as_str()).copied()
    }

    /// Counts one more task of a manager; returns whether the manager is searched by name.
    fn has_task(&mut self, name: &str) -> bool {
        if let Some(manager) = self.managers.get_mut(name) {
            manager.tasks += 1;
            return manager.is_asked;
        }
        let shared: Arc<str> = name.into();
        // The own name of a task without a manager is its full name.
        let is_asked = name.is_empty() || self.asked.len() < ASKED;
        if is_asked && !name.is_empty() {
            self.asked.push(Arc::clone(&shared));
        }
        self.managers.insert(shared, Manager { tasks: 1, is_asked });
        is_asked
    }

    /// Returns some of the rows with that name inside their managers, and the number of all such rows.
    pub(super) fn inside(&self, name: &str) -> (Vec<u32>, usize) {
        let mut rows = Vec::new();
        let mut full = String::new();
        for manager in &self.asked {
            full.clear();
            full.extend([manager, ".", name]);
            rows.extend(self.full.get(full.as_str()));
        }
        let others = self.own.get(name);
        let count = rows.len() + others.map_or(0, BTreeSet::len);
        rows.truncate(LISTED);
        rows.extend(others.into_iter().flatten().take(LISTED - rows.len()));
        (rows, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::scheduler::SEARCHED;
    use crate::scheduler::{ControlError, Scheduler, SchedulerOptions};
    use crate::spec::TaskSpec;
    use crate::task::Task;
    use crate::time::Now;

    fn scheduler(names: impl IntoIterator<Item = (String, &'static str)>) -> Scheduler {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), Now::default());
        for (manager, task) in names {
            let name = TaskName::new(&manager, task).unwrap();
            scheduler.add(Task::new(name, TaskSpec::new("")), Now::default()).unwrap();
        }
        scheduler
    }

    #[test]
    fn a_name_inside_a_manager_is_found_however_many_managers_there_are() {
        for count in [1, ASKED - 1, ASKED, ASKED + 1, 3 * ASKED] {
            let polls = (0..count).map(|number| (format!("M{number}"), "poll"));
            let audits = [(format!("M{}", count - 1), "audit"), (String::new(), "sweep")];
            let mut scheduler = scheduler(polls.chain(audits));
            let found = scheduler.task("audit").unwrap();
            assert_eq!(found.name().as_str(), format!("M{}.audit", count - 1));
            assert_eq!(scheduler.task("sweep").unwrap().name().as_str(), "sweep");
            // Until only one is left.
            for number in 0..count - 1 {
                let error = scheduler.task("poll").unwrap_err();
                let ControlError::Ambiguous { candidates, more, .. } = &error else { panic!("{error}") };
                assert_eq!(candidates.len() + more, count - number);
                assert!(candidates.len() <= LISTED);
                scheduler.remove(&format!("M{number}.poll"), Now::default()).unwrap();
            }
            assert_eq!(scheduler.task("poll").unwrap().name().as_str(), format!("M{}.poll", count - 1));
            scheduler.remove("poll", Now::default()).unwrap();
            scheduler.remove("audit", Now::default()).unwrap();
            assert!(scheduler.task("poll").is_err());
            assert_eq!((scheduler.index.asked.len(), scheduler.index.own.len()), (0, 0));
        }
    }

    #[test]
    fn of_many_candidates_some_are_listed() {
        let scheduler = scheduler((0..100).map(|number| (format!("M{number:02}"), "poll")));
        let error = scheduler.task("poll").unwrap_err().to_string();
        assert!(
            error.starts_with("`poll` is a task of several managers; write the full name, one of `M00.poll`")
        );
        assert!(error.ends_with(" `M15.poll`, and 84 more"), "{error}");
    }

    #[test]
    fn a_name_of_megabytes_is_shown_in_part_and_harmlessly() {
        let scheduler = scheduler([("M".to_owned(), "poll")]);
        let error = scheduler.task(&"\u{1b}[2J".repeat(1_000_000)).unwrap_err().to_string();
        assert!(error.starts_with(r"no task is called `\u{1b}[2J\u{1b}") && error.len() < 1_000, "{error}");
        assert!(error.ends_with("… (4000000 bytes)`"), "{error}");
    }

    #[test]
    fn names_come_in_pages_and_not_where_they_are_too_many() {
        let names = |count| (0..count).map(|number| (format!("M{number}"), "poll"));
        let mut few = scheduler(names(300));
        few.remove("M0.poll", Now::default()).unwrap();
        let pages: Vec<_> = (0..).map_while(|page| few.names(page)).collect();
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [256, 43]);
        let all: BTreeSet<_> = pages.iter().flatten().collect();
        assert_eq!(all.len(), 299, "each once");
        assert_eq!(scheduler(names(SEARCHED)).names(31).map(|page| page.len()), Some(256));
        let mut many = scheduler(names(SEARCHED + 1));
        assert!(many.names(0).is_none());
        // Removed tasks do not count.
        many.remove("M0.poll", Now::default()).unwrap();
        assert!(many.names(0).is_some());
    }
}
