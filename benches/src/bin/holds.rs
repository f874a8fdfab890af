//! How long each kind of call holds the lock of a runner of 100 k tasks: lines of `hold`, the kind, and nanoseconds of
//! each round.
//!
//! A program of its own, because it is built with a lock that is timed.

#![allow(clippy::print_stdout, clippy::expect_used)]

use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use periodic::prelude::*;
use periodic::settings::TaskSettings;
use periodic::task::{Execution, Interval, TaskName, TaskSpec};
use periodic::{Runner, Settings};
use periodic_bench::ours::served::Served;
use periodic_bench::users::load::Load;
use periodic_runtime::lock_times::take_longest;

type Holds = BTreeMap<&'static str, Vec<u128>>;

/// The tasks that are added at run time, and removed.
struct Nothing;

#[periodic_manager]
impl Nothing {}

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let (tasks, rounds) = (arguments.next().unwrap_or(100_000), arguments.next().unwrap_or(7));
    let mut holds = Holds::new();
    for _ in 0..rounds {
        let runner = Runner::builder(Served::new(Load::mixed(tasks, 2), Execution::Spawned)).build();
        let [start, rest] =
            served(runner.expect("the benchmark's table"), |handle| calls(handle, &mut holds));
        holds.entry("the_start_of_the_runner").or_default().push(start.as_nanos());
        holds.entry("the_runner_at_work_and_its_end").or_default().push(rest.as_nanos());
        let runner = Runner::builder(Nothing).build().expect("an empty table");
        served(runner, |handle| added_and_removed(handle, &mut holds, tasks));
    }
    for (kind, nanos) in holds {
        let nanos: Vec<_> = nanos.iter().map(u128::to_string).collect();
        println!("hold {kind} {}", nanos.join(" "));
    }
}

/// Calls `work` while the runner works, which it ends; returns the longest holds by the runner's own thread, at its start
/// and later.
fn served(runner: Runner, work: impl FnOnce(&Handle)) -> [Duration; 2] {
    let runtime = Load::mixed(1, 2).runtime();
    let handle = runner.handle();
    let (begun, begins) = channel();
    let server = thread::spawn(move || {
        // The runner polls this first when its grids have begun.
        let shutdown = async move {
            let _ = begun.send(take_longest());
            std::future::pending::<()>().await;
        };
        let _stopped = runtime.block_on(runner.run_until(shutdown));
        runtime.shutdown_timeout(Duration::from_secs(30));
        take_longest()
    });
    let start = begins.recv().expect("the runner works");
    work(&handle);
    handle.stop();
    [start, server.join().expect("the runner ends")]
}

/// Notes the longest hold of `call`.
fn note<T>(holds: &mut Holds, kind: &'static str, call: impl FnOnce() -> T) -> T {
    take_longest();
    let answer = call();
    holds.entry(kind).or_default().push(take_longest().as_nanos());
    answer
}

fn calls(handle: &Handle, holds: &mut Holds) {
    let name = "Fleet.t0050000";
    note(holds, "unknown_name", || handle.pause("Fleet.t00500000").expect_err("it is unknown"));
    note(holds, "status", || handle.status());
    note(holds, "status_of", || handle.status_of(name).expect("it is there"));
    note(holds, "history", || handle.records());
    note(holds, "activity", || handle.activity());
    note(holds, "pause", || handle.pause(name).expect("it is there"));
    note(holds, "resume", || handle.resume(name).expect("it is there"));
    let _ = note(holds, "trigger", || handle.trigger(name).expect("it is there"));
    note(holds, "set_spacing", || handle.set_spacing(name, Interval::from_secs(5)).expect("it is there"));
    note(holds, "reset_all_counters", || handle.reset_all_counters());
    let every =
        |secs| Settings::new().task("Fleet.*", TaskSettings::new().spacing(Interval::from_secs(secs)));
    note(holds, "reload", || handle.reload(&every(7)).expect("they are good"));
    let watcher = note(holds, "watch", || handle.watch());
    note(holds, "reload_watched", || handle.reload(&every(8)).expect("they are good"));
    drop(watcher);
    note(holds, "stop", || handle.stop());
}

fn added_and_removed(handle: &Handle, holds: &mut Holds, tasks: usize) {
    let names: Vec<_> = (0..tasks).map(|task| format!("Fleet.t{task:07}")).collect();
    note(holds, "add", || {
        for name in &names {
            let name = TaskName::new("Fleet", &name["Fleet.".len()..]).expect("a name");
            let spec = TaskSpec::new("").every(Interval::from_secs(3_600));
            handle.add(name, spec, |_| std::future::ready(())).expect("the name is free");
        }
    });
    note(holds, "remove", || names.iter().for_each(|name| handle.remove(name).expect("it is there")));
}
