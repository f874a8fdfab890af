//! Long readings in pages: between two of them a driver serves other calls.

use core::iter;
use std::sync::Arc;

use super::status::run_status;
use super::{RunStatus, TaskStatus};
use crate::scheduler::row::{Phase, Row};
use crate::scheduler::scheduler::Scheduler;
use crate::task::Task;
use crate::time::Now;

/// The number of rows on a page, bounded because every other call waits meanwhile.
const ROWS_AT_ONCE: usize = 256;

impl Scheduler {
    /// Returns a page of [`status`](Self::status), from page 0, each task with a number by which all pages are
    /// sorted; `None` after the last page.
    #[doc(hidden)]
    pub fn status_page(&self, page: usize, now: Now) -> Option<Vec<(u64, TaskStatus)>> {
        let there = self.page(page)?.filter(|row| row.phase != Phase::Removed);
        Some(there.map(|row| (row.order, self.status_of_row(row, now))).collect())
    }

    /// Returns a page of [`active_runs`](Self::active_runs), from page 0; `None` after the last page.
    #[doc(hidden)]
    pub fn active_runs_page(&self, page: usize) -> Option<Vec<(Arc<Task>, RunStatus)>> {
        let rows = self.page(page)?;
        let runs = rows.flat_map(|row| iter::repeat(&row.task).zip(&row.going));
        Some(runs.map(|(task, run)| (Arc::clone(task), run_status(run))).collect())
    }

    /// Returns a page of the declared tasks with the settings in force, without changes by control calls, from page 0;
    /// `None` after the last page.
    #[doc(hidden)]
    pub fn configured_page(&self, page: usize) -> Option<Vec<Arc<Task>>> {
        Some(self.page(page)?.filter_map(|row| row.configured.clone()).collect())
    }

    /// Sets the counters on a page of the tasks to zero, from page 0; returns whether there is such a page.
    #[doc(hidden)]
    pub fn reset_page(&mut self, page: usize, now: Now) -> bool {
        let places = self.places().skip(page.saturating_mul(ROWS_AT_ONCE)).take(ROWS_AT_ONCE);
        places.map(|place| self.reset_row(place, now)).count() > 0
    }

    fn page(&self, page: usize) -> Option<impl Iterator<Item = &Row>> {
        let rows = self.rows.chunks(ROWS_AT_ONCE).nth(page)?;
        Some(rows.iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::SchedulerOptions;
    use crate::spec::TaskSpec;
    use crate::task::TaskName;

    #[test]
    fn all_pages_together_are_the_whole() {
        let now = Now::default();
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), now);
        assert!(scheduler.status_page(0, now).is_none() && !scheduler.reset_page(0, now));
        for number in 0..=2 * ROWS_AT_ONCE {
            let name = TaskName::new("", &number.to_string()).unwrap();
            scheduler.add(Task::new(name, TaskSpec::new("").run_immediately()), now).unwrap();
        }
        // Its place is used again, by the last in the order.
        scheduler.remove("7", now).unwrap();
        scheduler.add(Task::new(TaskName::new("", "new").unwrap(), TaskSpec::new("")), now).unwrap();
        let _ = scheduler.poll(now);
        while scheduler.start_next(now).is_some() {}

        let pages: Vec<_> = (0..).map_while(|page| scheduler.status_page(page, now)).collect();
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]);
        let mut all = pages.concat();
        all.sort_by_key(|(order, _)| *order);
        let names = |status: &TaskStatus| status.name().clone();
        let whole: Vec<_> = scheduler.status(now).iter().map(names).collect();
        assert_eq!(all.iter().map(|(_, status)| names(status)).collect::<Vec<_>>(), whole);

        let runs: usize =
            (0..).map_while(|page| scheduler.active_runs_page(page)).map(|page| page.len()).sum();
        assert_eq!(runs, scheduler.active_runs().count());
        scheduler.pause("3", now).unwrap();
        assert_eq!((0..9).filter(|page| scheduler.reset_page(*page, now)).count(), 3);
    }
}
