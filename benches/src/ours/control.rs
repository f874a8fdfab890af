//! Control calls while a million tasks run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use periodic::prelude::*;
use periodic::task::{Interval, TaskName, TaskSpec};

use crate::rounds::Spread;

/// The times of control calls, in nanoseconds, and the runs meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    /// The number of calls.
    pub calls: usize,
    /// The median.
    pub p50: f64,
    /// The time that one call in a thousand exceeds.
    pub p999: f64,
    /// The longest time.
    pub longest: f64,
    /// The runs in a second meanwhile.
    pub runs: f64,
    /// The time to add a task.
    pub add: f64,
}

struct Nothing;

#[periodic_manager]
impl Nothing {}

/// Adds `tasks` spawned tasks, each due once in 200 s, and controls them for `for_so_long` from another thread.
pub fn measure(tasks: usize, for_so_long: Duration) -> Control {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().expect("a runtime");
    let _inside = runtime.enter();
    let runner = Runner::builder(Nothing).build().unwrap_or_else(|error| panic!("an empty table: {error}"));
    let handle = runner.handle();
    runtime.spawn(runner.run_until(std::future::pending()));
    let runs = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    for number in 0..tasks as u64 {
        let runs = Arc::clone(&runs);
        // Spread over the whole period, like tasks for devices that appear over time.
        let first = Duration::from_secs(10) + Duration::from_micros(200_000_000 / tasks as u64 * number);
        let spec = TaskSpec::new("")
            .every(Interval::from_secs(200))
            .initial_delay(first.saturating_sub(begun.elapsed()));
        let added = handle.add(TaskName::new("Fleet", &format!("t{number:07}")).unwrap(), spec, move |_| {
            runs.fetch_add(1, Ordering::Relaxed);
            std::future::ready(())
        });
        added.unwrap_or_else(|error| panic!("the benchmark's task: {error}"));
    }
    let add = begun.elapsed().as_nanos() as f64 / tasks as f64;
    std::thread::sleep(Duration::from_secs(11).saturating_sub(begun.elapsed()));
    let (before, from) = (runs.load(Ordering::Relaxed), Instant::now());
    let mut took = Vec::new();
    for call in 0_usize.. {
        if from.elapsed() > for_so_long {
            break;
        }
        let name = format!("Fleet.t{:07}", call.wrapping_mul(7_919) % tasks);
        for call in
            [Handle::pause, Handle::resume, |handle: &Handle, name: &str| handle.trigger(name).map(drop)]
        {
            let begun = Instant::now();
            let done = call(&handle, &name);
            took.push(begun.elapsed().as_nanos() as f64);
            done.unwrap_or_else(|error| panic!("a control call: {error}"));
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    let runs = (runs.load(Ordering::Relaxed) - before) as f64 / from.elapsed().as_secs_f64();
    took.sort_by(f64::total_cmp);
    let control = Control {
        calls: took.len(),
        p50: Spread::below(&took, 500),
        p999: Spread::below(&took, 999),
        longest: Spread::below(&took, 1_000),
        runs,
        add,
    };
    handle.stop_now();
    runtime.shutdown_timeout(Duration::from_secs(5));
    control
}
