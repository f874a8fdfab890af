//! The code of the attributes, compiled and run: each shape by calls of its rows, as by a runner.
#![allow(
    clippy::unused_self,
    clippy::unused_async,
    clippy::needless_lifetimes,
    clippy::needless_arbitrary_self_type,
    clippy::trivially_copy_pass_by_ref,
    reason = "the tasks are here for the shapes of their signatures"
)]

mod attributes;
mod bases;
mod borders;
mod calendars;
mod conditions;
mod constants;
mod generics;
mod includes;
mod macros;
mod names;
#[cfg(feature = "conductor")]
mod names_remotable;
mod parameters;
mod renamed;
/// Expanded under the strictest lints that a user may have.
mod strict;
/// The same of `#[remotable]`.
#[cfg(feature = "conductor")]
mod strict_remotable;
mod types;
mod without_prelude;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError};
use periodic::table::TaskTable;
use periodic::task::{Execution, Next, Run, ScheduleSpec, Task};
use periodic::time::{Instant, ManualClock};
use periodic::{PeriodicManager, Settings, periodic_manager, periodic_task};

/// Lets all tasks with the default spacing run once.
async fn run_once<M: PeriodicManager<Owner = ()>>(manager: M, context: &M::Context) -> Arc<M> {
    let manager = Arc::new(manager);
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Arc::clone(&manager), clock.clone(), &Settings::default()).unwrap();
    clock.advance(Duration::from_secs(60));
    tasks.run_periodic_tasks(context, RaiseOnError::Yes).await.unwrap();
    manager
}

fn names<M: PeriodicManager>(manager: &M) -> Vec<String> {
    let table = TaskTable::of(manager, &Settings::default()).unwrap();
    table.tasks().iter().map(|task| task.name().to_string()).collect()
}

fn interval(task: &Task) -> i64 {
    match task.spec().schedule {
        ScheduleSpec::Every { interval, .. } => interval.as_nanos(),
        _ => panic!("the task has no spacing"),
    }
}

/// Notes the called task and its arguments.
#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Context {
    user: &'static str,
}
