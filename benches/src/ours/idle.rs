//! A tick with nothing due.

use std::hint::black_box;
use std::time::Duration;

use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Interval, Task, TaskName, TaskSpec};

use super::stepped::at;
use crate::rounds::each;

/// A scheduler of tasks that are not due for an hour.
#[derive(Debug)]
pub struct Idle {
    scheduler: Scheduler,
    now: i64,
}

impl Idle {
    /// Creates a scheduler with `count` tasks, added at run time.
    pub fn of(count: usize) -> Self {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        for task in 0..count {
            let spec = TaskSpec::new("").every(Interval::from_duration(Duration::from_hours(1)));
            let task = Task::new(TaskName::new("Fleet", &format!("t{task:07}")).unwrap(), spec);
            scheduler.add(task, at(0)).unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
        }
        Self { scheduler, now: 0 }
    }

    /// Polls `polls` times, a nanosecond apart.
    pub fn polls(&mut self, polls: u32) -> u64 {
        for _ in 0..polls {
            self.now += 1;
            let _ = black_box(self.scheduler.poll(black_box(at(self.now))));
        }
        u64::from(polls)
    }

    /// Returns the cost of a tick.
    pub fn round(&mut self, polls: u32) -> f64 {
        each(|| self.polls(polls))
    }
}
