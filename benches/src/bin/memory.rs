//! The memory of a task, and the allocations of its run: lines of a name and a figure.
//!
//! A program of its own, because a counting allocator slows each allocation down.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::cast_precision_loss)]

use std::hint::black_box;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use allocation_counter::{AllocationInfo, measure};
use clokwerk::TimeUnits;
use periodic::prelude::*;
use periodic::scheduler::{Scheduler, SchedulerOptions};
use periodic::task::{Interval, TaskName, TaskSpec};
use periodic_bench::measure::period;
use periodic_bench::ours::devices::Plain;
use periodic_bench::ours::idle::Idle;
use periodic_bench::ours::passes::Passes;
use periodic_bench::ours::scale::task;
use periodic_bench::ours::stepped::at;
use periodic_bench::peers::clokwerk::Clokwerk;
use periodic_bench::peers::{apalis, cron_scheduler, delay_queue, interval, paused};
use periodic_bench::users::contender::Contender;
use periodic_bench::users::load::{Code, Load};
use periodic_bench::users::probe::Probe;

const SECOND: Duration = Duration::from_secs(1);
const TEN_K: usize = 10_000;

struct Nothing;

#[periodic_manager]
impl Nothing {}

fn main() {
    let million = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    for (name, tasks) in [("bytes_100k", 100_000), ("bytes_1m", million)] {
        let rows = kept(|| (0..tasks).map(|number| task(number, period(number))).collect::<Vec<_>>());
        let all = kept(|| filled(tasks));
        println!("{name} {}", (all - rows) as f64 / tasks as f64);
        println!("{name}_all {}", all as f64 / tasks as f64);
    }
    let [bytes, left] = in_a_runner(million);
    println!("runner_bytes {bytes}");
    println!("runner_bytes_left {left}");
    println!("returned {}", (1.0 - left / bytes) * 100.0);

    let mut idle = Idle::of(TEN_K);
    println!("idle_allocations {}", allocations(1_000, || _ = idle.polls(1_000)));
    let mut plain = Passes::<Vec<Plain>>::of(TEN_K);
    println!("sync_allocations {}", steady(|| plain.steps(10, SECOND)));
    let mixed = Load::mixed(TEN_K, 1);
    println!("spawned_allocations {}", of_a_run(mixed, Contender::Spawned));
    println!("inline_allocations {}", of_a_run(mixed, Contender::Inline));
    let herd = Load::herd(1, Code::Awaits);
    println!("herd_allocations {}", of_a_run(herd, Contender::Spawned));
    println!("interval_herd_allocations {}", of_a_run(herd, Contender::Interval));

    let peer = |name, bytes: i64| println!("{name} {}", bytes as f64 / TEN_K as f64);
    peer("clokwerk", kept(|| Clokwerk::of(TEN_K, 1.hour())));
    let runtime = paused();
    let _inside = runtime.enter();
    peer("delay_queue", kept(|| delay_queue::filled(TEN_K, period)));
    peer("cron_scheduler", grown(|| std::mem::forget(runtime.block_on(cron_scheduler::filled(TEN_K)))));
    peer("interval", grown(|| runtime.block_on(begun(|| interval::spawn(TEN_K, period, &Arc::default())))));
    peer("apalis", grown(|| runtime.block_on(begun(|| apalis::spawn(TEN_K)))));
}

/// Spawns tasks, and returns when all of them wait.
async fn begun(spawn: impl FnOnce()) {
    spawn();
    for _ in 0..TEN_K {
        tokio::task::yield_now().await;
    }
}

fn filled(tasks: usize) -> Scheduler {
    let mut scheduler = Scheduler::empty(SchedulerOptions::default(), at(0));
    for number in 0..tasks {
        scheduler.add(task(number, period(number)), at(0)).expect("the name is free");
    }
    scheduler
}

/// Returns the bytes of a task in a runner, and those that stay when all tasks are removed.
fn in_a_runner(tasks: usize) -> [f64; 2] {
    let runtime = Load::mixed(tasks, 1).runtime();
    let runner = Runner::builder(Nothing).build().expect("an empty table");
    let handle = runner.handle();
    runtime.spawn(runner.run_until(std::future::pending()));
    // The runner wakes up, and sees the change.
    let settled = || runtime.block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
    settled();
    let added = grown(|| {
        for number in 0..tasks {
            let name = TaskName::new("Fleet", &format!("t{number:07}")).expect("a name");
            let spec = TaskSpec::new("").every(Interval::from_secs(3_600));
            handle.add(name, spec, |_| std::future::ready(())).expect("the name is free");
        }
        settled();
    });
    let removed = grown(|| {
        for number in 0..tasks {
            handle.remove(&format!("Fleet.t{number:07}")).expect("the task is there");
        }
        settled();
    });
    [added as f64 / tasks as f64, (added + removed) as f64 / tasks as f64]
}

/// Returns the allocations of a run in real time, on a runtime of one thread.
fn of_a_run(load: Load, contender: Contender) -> f64 {
    let runtime = load.runtime();
    let (begun, _begins) = channel();
    runtime.spawn(contender.serve(load, Duration::from_secs(60), begun));
    let work = |length| runtime.block_on(async { tokio::time::sleep(length).await });
    work(load.set_up() + Duration::from_millis(1_500));
    let before = Probe::starts();
    let info = measure(|| work(Duration::from_millis(1_200)));
    info.count_total as f64 / (Probe::starts() - before) as f64
}

/// Returns the bytes that the created value keeps.
fn kept<T>(make: impl FnOnce() -> T) -> i64 {
    let mut holder = None;
    let info = measure(|| holder = Some(make()));
    drop(black_box(holder));
    info.bytes_current
}

/// Returns the bytes that `work` leaves allocated anywhere.
fn grown(work: impl FnOnce()) -> i64 {
    let AllocationInfo { bytes_current, .. } = measure(work);
    bytes_current
}

/// Returns the allocations of one of `operations`.
fn allocations(operations: u64, work: impl FnOnce()) -> f64 {
    measure(work).count_total as f64 / operations as f64
}

/// Returns the allocations of a run, after all growth has ended.
fn steady(mut runs: impl FnMut() -> u64) -> f64 {
    runs();
    let mut made = 0;
    let info = measure(|| made = runs());
    info.count_total as f64 / made as f64
}
