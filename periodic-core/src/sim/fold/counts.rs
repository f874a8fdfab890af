use super::super::{Mismatch, SimRecord};
use super::{Fold, SimRun, of_task};
use crate::scheduler::Counters;
use crate::task::TaskName;
use crate::time::Now;

/// The outcomes of the slots, counted by task: over restarts, and over tasks of one name.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    by_task: Vec<Counters>,
    names: Vec<TaskName>,
}

impl Counts {
    /// Returns the counters of each task, in table order.
    pub fn all(&self) -> impl Iterator<Item = (&TaskName, &Counters)> {
        self.names.iter().zip(&self.by_task)
    }

    /// Returns the counters of one task by its full name, or by its name inside the manager; the first match in table
    /// order.
    pub fn of(&self, task: &str) -> Option<&Counters> {
        self.all().find(|(name, _)| name.matches(task)).map(|(_, counters)| counters)
    }

    /// Checks that no run failed, panicked, timed out or was cancelled, and no slot was skipped or coalesced.
    ///
    /// # Errors
    /// When a slot had another outcome; the error states the counts of its task.
    pub fn expect_all_ok(&self) -> Result<(), Mismatch> {
        let lines = self.all().filter_map(|(name, counters)| {
            let others: Vec<String> = others(counters)
                .filter(|(_, count)| *count > 0)
                .map(|(label, count)| format!("{count} {label}"))
                .collect();
            (!others.is_empty()).then(|| format!("{name}: {} ok, {}", counters.ok, others.join(", ")))
        });
        Mismatch::unless_empty("expected every slot to end `ok`, found:", lines)
    }
}

fn others(counters: &Counters) -> impl Iterator<Item = (&'static str, u64)> {
    [
        ("failed", counters.failed),
        ("panicked", counters.panicked),
        ("timed out", counters.timed_out),
        ("cancelled", counters.cancelled),
        ("coalesced", counters.coalesced),
        ("skipped", counters.skipped_in_all()),
    ]
    .into_iter()
}

impl Fold for Counts {
    fn started(&mut self, run: &SimRun<'_>, _: Now) {
        let counters = of_task(&mut self.by_task, run.task);
        *(if run.attempt == 1 { &mut counters.runs } else { &mut counters.retries }) += 1;
    }

    fn recorded(&mut self, record: &SimRecord) {
        of_task(&mut self.by_task, record.task()).count(record.outcome(), record.count());
    }

    fn over(&mut self, tasks: &[TaskName], _: Now) {
        self.by_task.resize_with(tasks.len(), Counters::default);
        self.names = tasks.to_vec();
    }
}
