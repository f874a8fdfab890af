use crate::sim::fold::{Fold, SimRun};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp};

use super::minutes::Minutes;

/// The most runs that are active at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peak {
    /// The first time at which there are that many.
    pub at: Timestamp,
    /// The number of runs.
    pub runs: u64,
    /// Their tasks, and the number of each, in table order.
    pub by_task: Vec<(TaskName, u64)>,
}

/// The numbers of runs that are active at once: in each minute, and at most.
///
/// Runs that start at one instant are active at once, even if they take no time. A run that ends at an instant is no
/// longer active at it. So the order of nodes does not matter, and an instant is judged when it is over.
#[derive(Clone, Debug)]
pub(super) struct AtOnce {
    minutes: Minutes,
    now: Now,
    /// By task: the active runs, and those that began and ended at this instant.
    going: Vec<(u64, u64)>,
    on: u64,
    /// The tasks with runs that began and ended at this instant.
    brief: Vec<usize>,
    most: u64,
    by_task: Vec<(usize, u64)>,
    at: Timestamp,
    pub(super) by_minute: Vec<u64>,
    pub(super) peak: Option<Peak>,
}

impl AtOnce {
    pub(super) fn new(minutes: Minutes, start: Timestamp) -> Self {
        Self {
            minutes,
            now: Now::new(Instant::ZERO, start),
            going: Vec::new(),
            on: 0,
            brief: Vec::new(),
            most: 0,
            by_task: Vec::new(),
            at: start,
            by_minute: vec![0; minutes.count()],
            peak: None,
        }
    }

    fn go_to(&mut self, now: Now) {
        if now.boot <= self.now.boot {
            return;
        }
        let minute = self.minutes.of(self.now.boot);
        let level = self.on + self.brief.len() as u64;
        self.raise(minute, level);
        if level > self.most {
            (self.most, self.at) = (level, self.now.wall);
            let going = self.going.iter().enumerate().map(|(task, (on, brief))| (task, on + brief));
            self.by_task = going.filter(|(_, runs)| *runs > 0).collect();
        }
        for task in self.brief.drain(..) {
            self.going[task].1 = 0;
        }
        if self.on > 0 {
            // Active runs reach into all minutes that begin before the next instant.
            let last = self.minutes.of(Instant::from_nanos(now.boot.as_nanos() - 1));
            (minute + 1..=last).for_each(|minute| self.raise(minute, self.on));
        }
        self.now = now;
    }

    fn raise(&mut self, minute: usize, level: u64) {
        if let Some(most) = self.by_minute.get_mut(minute) {
            *most = (*most).max(level);
        }
    }
}

impl Fold for AtOnce {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        self.go_to(now);
        if run.task >= self.going.len() {
            self.going.resize(run.task + 1, (0, 0));
        }
        self.going[run.task].0 += 1;
        self.on += 1;
    }

    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        self.go_to(now);
        self.going[run.task].0 -= 1;
        self.on -= 1;
        if run.started == now.boot {
            self.going[run.task].1 += 1;
            self.brief.push(run.task);
        }
    }

    fn over(&mut self, tasks: &[TaskName], now: Now) {
        self.go_to(now);
        let named = |(task, runs): &(usize, u64)| Some((tasks.get(*task)?.clone(), *runs));
        let by_task = self.by_task.iter().filter_map(named).collect();
        self.peak = (self.most > 0).then_some(Peak { at: self.at, runs: self.most, by_task });
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::sim::{Simulation, Takes};
    use crate::spec::{FirstRun, Interval, TaskSpec};
    use crate::task::Task;

    fn at_once(tasks: &[(&'static str, u64, &str)]) -> AtOnce {
        let mut simulation = Simulation::default();
        for (name, first, takes) in tasks {
            let mut spec = TaskSpec::new(name).every(Interval::from_secs(86_400));
            spec.first = FirstRun::After(Duration::from_secs(*first));
            let task = Task::new(TaskName::new("", name).unwrap(), spec);
            simulation = simulation.with(task).task(*name, Takes::fixed(*takes));
        }
        let length = Duration::from_secs(300);
        let mut fold = AtOnce::new(Minutes::new(simulation.start_time(), length), simulation.start_time());
        simulation.run_for(length).unwrap().play(&mut fold);
        fold
    }

    #[test]
    fn a_run_counts_in_each_minute_that_it_reaches() {
        assert_eq!(at_once(&[("a", 50, "70s")]).by_minute, [1, 1, 0, 0, 0], "its end is not in it");
        assert_eq!(at_once(&[("a", 50, "71s")]).by_minute, [1, 1, 1, 0, 0]);
        assert_eq!(at_once(&[("a", 60, "1h")]).by_minute, [0, 1, 1, 1, 1]);
    }

    #[test]
    fn runs_of_one_instant_go_at_once_and_ends_come_first() {
        let fold = at_once(&[("a", 10, "0s"), ("b", 10, "0s"), ("c", 0, "10s"), ("d", 5, "10s")]);
        let peak = fold.peak.unwrap();
        let who: Vec<_> = peak.by_task.iter().map(|(name, runs)| (name.as_str(), *runs)).collect();
        assert_eq!((peak.runs, who), (3, vec![("a", 1), ("b", 1), ("d", 1)]));
    }

    #[test]
    fn nothing_goes_where_nothing_starts() {
        assert_eq!(at_once(&[]).peak, None);
    }
}
