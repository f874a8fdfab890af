//! The scheduler alone, with one to a million tasks that are added at run time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Ended, Interval, Next, Task, TaskName, TaskSpec};

use super::stepped::{at, nanos};
use crate::measure::period;
use crate::rounds::each;

/// A scheduler whose runs end at once, without any code.
#[derive(Debug)]
pub struct Direct {
    scheduler: Scheduler,
    now: i64,
}

impl Direct {
    /// Creates a scheduler with `tasks` tasks.
    pub fn of(tasks: usize, period: fn(usize) -> Duration) -> Self {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
        (0..tasks).for_each(|number| add(&mut scheduler, task(number, period(number))));
        Self { scheduler, now: 0 }
    }

    /// Makes `steps` steps, and returns the number of runs.
    pub fn steps(&mut self, steps: u32, step: Duration) -> u64 {
        let mut runs = 0;
        for _ in 0..steps {
            self.now += nanos(step);
            let now = at(self.now);
            let _ = black_box(self.scheduler.poll(now));
            while let Some(start) = self.scheduler.start_next(now) {
                runs += 1;
                self.scheduler.finished(start.id, Ended::Ok(Next::OnSchedule), now);
                while self.scheduler.take_record().is_some() {}
            }
        }
        runs
    }

    /// Returns the cost of a run.
    pub fn round(&mut self, steps: u32, step: Duration) -> f64 {
        each(|| self.steps(steps, step))
    }
}

/// Creates a task to be added at run time.
pub fn task(number: usize, period: Duration) -> Task {
    let spec = TaskSpec::new("").every(Interval::from_duration(period));
    Task::new(TaskName::new("Fleet", &format!("t{number:07}")).unwrap(), spec)
}

fn add(scheduler: &mut Scheduler, task: Task) {
    scheduler.add(task, at(0)).unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
}

/// The costs at one size, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The number of tasks.
    pub tasks: usize,
    /// The cost of creating, naming and adding a task.
    pub add: f64,
    /// The cost of a tick with nothing due.
    pub idle: f64,
    /// The cost of a run, with periods of 10 to 1000 ms.
    pub run: f64,
    /// The cost of removing a task by its name.
    pub remove: f64,
}

/// Measures one size; small sizes repeatedly.
pub fn size(tasks: usize) -> Size {
    let repeats = (20_000 / tasks).max(1) as u64;
    let mut schedulers: Vec<_> =
        (0..repeats).map(|_| Scheduler::empty(SchedulerOptions::default(), at(0))).collect();
    let count = repeats * tasks as u64;
    let add = each(|| {
        for scheduler in &mut schedulers {
            (0..tasks).for_each(|number| add(scheduler, task(number, period(number))));
        }
        count
    });
    let mut direct = Direct { scheduler: schedulers.swap_remove(0), now: 0 };
    let idle = each(|| {
        (0..200_000).for_each(|now| _ = black_box(direct.scheduler.poll(black_box(at(now)))));
        200_000
    });
    let steps = u32::try_from(4_000_000 / tasks).map_or(10_000, |steps| steps.clamp(10, 10_000));
    let run = each(|| direct.steps(steps, Duration::from_millis(10)));
    let names: Vec<_> = (0..tasks).map(|number| format!("Fleet.t{number:07}")).collect();
    schedulers.push(direct.scheduler);
    let now = at(nanos(Duration::from_hours(24)));
    let remove = each(|| {
        for scheduler in &mut schedulers {
            for name in &names {
                scheduler.remove(name, now).unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
            }
        }
        count
    });
    Size { tasks, add, idle, run, remove }
}

/// Returns the curve as Markdown, and the time of its measurement.
pub fn curve(million: usize) -> String {
    use crate::finding::Unit::Nanos;
    let begun = Instant::now();
    let mut text = String::from(
        "| tasks | add one | tick, nothing due | one run | remove one |\n| --: | --: | --: | --: | --: |\n",
    );
    for tasks in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] {
        if tasks > million {
            break;
        }
        let Size { tasks, add, idle, run, remove } = size(tasks);
        let figures = [add, idle, run, remove].map(|figure| Nanos.written(figure));
        text += &format!("| {tasks} | {} |\n", figures.join(" | "));
    }
    eprintln!("  the curve took {:.0} s", begun.elapsed().as_secs_f64());
    text
}
