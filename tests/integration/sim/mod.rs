//! The simulator, as a user's tests see it.

mod cron;
mod errors;
mod events;
mod expectations;
mod folds;
mod horizon;
mod node;
mod retry;
mod runner;
mod set_back;

use periodic::sim::{Simulation, Timeline};
use periodic::task::{Interval, Task, TaskName, TaskSpec};

/// A task with this spacing in seconds.
const fn every(name: &'static str, seconds: i64) -> TaskSpec {
    TaskSpec::new(name).every(Interval::from_secs(seconds))
}

fn task(spec: TaskSpec) -> Task {
    Task::new(TaskName::new("Manager", spec.name).unwrap(), spec)
}

fn with(specs: impl IntoIterator<Item = TaskSpec>) -> Simulation {
    specs.into_iter().fold(Simulation::default(), |simulation, spec| simulation.with(task(spec)))
}

/// The records, a line each: the time of the decision, and the outcome.
fn lines(timeline: Timeline) -> Vec<String> {
    let line = |record: periodic::sim::SimRecord| {
        let decided = record.slot.decided.as_nanos() / 1_000_000_000;
        format!("{decided}: {} {} {}", record.slots(), record.name().task(), record.label())
    };
    timeline.map(line).collect()
}
