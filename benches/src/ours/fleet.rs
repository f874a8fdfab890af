//! Any number of tasks with different periods: a handwritten manager.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use periodic::PeriodicManager;
use periodic::manager::{Call, Collector, Given};
use periodic::task::{Ended, Execution, Interval, Next, TaskSpec};

use super::devices::Runs;
use crate::measure::period;

/// Tasks of mixed periods that only count.
#[derive(Debug)]
pub struct Fleet {
    specs: Vec<TaskSpec>,
    runs: Runs,
}

impl Fleet {
    /// Creates `count` tasks, and their counter. Their names are never freed.
    pub fn mixed(count: usize) -> (Self, Runs) {
        let runs = Runs::default();
        let mut names = String::new();
        (0..count).for_each(|task| names += &format!("t{task:07}"));
        let names: &'static str = names.leak();
        let spec = |task| {
            TaskSpec::new(&names[task * 8..][..8])
                .every(Interval::from_duration(period(task)))
                .execution(Execution::Inline)
        };
        (Self { specs: (0..count).map(spec).collect(), runs: Arc::clone(&runs) }, runs)
    }
}

impl PeriodicManager for Fleet {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Fleet");
        collector.tasks(&self.specs);
    }

    fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        Call::Ready(Ended::Ok(Next::OnSchedule))
    }
}
