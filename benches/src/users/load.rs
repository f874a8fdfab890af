//! The work that all contenders do: tasks with their periods, phases and code, on a runtime.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::measure::{TEN_K, period};

/// The time that a task awaits.
pub const AWAITED: Duration = Duration::from_millis(2);

/// The distance of two herds: at this distance even the slowest contender has ended one before the next.
const HERD: Duration = Duration::from_millis(200);

/// The times at which tasks are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slots {
    /// Periods of 10 to 1000 ms, each task in a phase of its own. From 10 k tasks the periods grow with the tasks, so that
    /// each load has 47 000 runs a second, which every contender can do.
    Mixed,
    /// All at once, again and again.
    Herd,
}

/// The code of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// It ends at its first poll.
    Ready,
    /// It awaits 2 ms.
    Awaits,
}

/// Tasks on a runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// The number of tasks.
    pub tasks: usize,
    /// The worker threads; one for a runtime of one thread.
    pub threads: usize,
    /// The times at which tasks are due.
    pub slots: Slots,
    /// The code of a task.
    pub code: Code,
}

impl Load {
    /// Creates tasks of mixed periods that are ready at once.
    pub const fn mixed(tasks: usize, threads: usize) -> Self {
        Self { tasks, threads, slots: Slots::Mixed, code: Code::Ready }
    }

    /// Creates ten thousand tasks that are due at once.
    pub const fn herd(threads: usize, code: Code) -> Self {
        Self { tasks: TEN_K, threads, slots: Slots::Herd, code }
    }

    /// Returns the distance of a task's slots.
    pub fn period(&self, task: usize) -> Duration {
        match self.slots {
            Slots::Herd => HERD,
            Slots::Mixed => period(task) * u32::try_from(self.tasks.div_ceil(TEN_K)).unwrap_or(u32::MAX),
        }
    }

    /// Returns the time of a task's first slot: from the start on, as many are due in each second as later.
    pub fn first(&self, task: usize) -> Duration {
        match self.slots {
            Slots::Herd => HERD,
            Slots::Mixed => {
                let share = (task as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 44;
                self.period(task).mul_f64(share as f64 / f64::from(1 << 20)) + Duration::from_micros(1)
            }
        }
    }

    /// Returns the time in which contenders without a start of their own make its tasks.
    pub fn set_up(&self) -> Duration {
        Duration::from_millis(20) + self.micros_each(3)
    }

    /// Returns this number of microseconds for each task.
    pub fn micros_each(&self, micros: u64) -> Duration {
        Duration::from_micros(micros * self.tasks as u64)
    }

    /// Creates its runtime, as a user does.
    pub fn runtime(&self) -> Runtime {
        let mut builder = match self.threads {
            1 => Builder::new_current_thread(),
            _ => Builder::new_multi_thread(),
        };
        builder.worker_threads(self.threads).enable_all().build().expect("a runtime")
    }

    /// Returns its name, such as `10 k mixed, 2 threads`.
    pub fn name(&self) -> String {
        let tasks = match self.tasks {
            1_000_000 => "1 M".into(),
            thousands => format!("{} k", thousands / 1_000),
        };
        let slots = if self.slots == Slots::Herd { "at once" } else { "mixed" };
        let code = if self.code == Code::Awaits { ", each awaits 2 ms" } else { "" };
        let threads = if self.threads == 1 { "one thread" } else { "2 threads" };
        format!("{tasks} {slots}{code}, {threads}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_tasks_are_due_in_the_first_second_as_later() {
        for tasks in [10_000, 100_000] {
            let load = Load::mixed(tasks, 2);
            let due = |from: f64, to: f64| {
                let slots = |task| {
                    let (first, period) = (load.first(task).as_secs_f64(), load.period(task).as_secs_f64());
                    let before = |end: f64| ((end - first) / period).floor() + 1.0;
                    before(to).max(0.0) - before(from).max(0.0)
                };
                (0..tasks).map(slots).sum::<f64>()
            };
            let [first, third] = [due(0.0, 0.5), due(1.0, 1.5)];
            assert!((first / third - 1.0).abs() < 0.03, "{tasks}: {first} {third}");
            assert!((20_000.0..27_000.0).contains(&third), "{third}");
        }
    }

    #[test]
    fn a_load_is_named_by_all_that_makes_it() {
        assert_eq!(Load::mixed(1_000_000, 2).name(), "1 M mixed, 2 threads");
        assert_eq!(Load::herd(1, Code::Awaits).name(), "10 k at once, each awaits 2 ms, one thread");
    }
}
