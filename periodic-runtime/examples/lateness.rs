//! The lateness of tasks, and its cost: 1000 tasks of 10 to 1000 ms, in real time.
//!
//! ```text
//! cargo run --release -p periodic-runtime --features precise --example lateness -- [SECONDS] [NAME..]
//! ```
//!
//! The programs named run one after the other, for SECONDS each, in a runtime of one thread; all of them and 10 s by
//! default. `interval` is a tokio task with an interval of its own for each task, `spawned` a runner of async tasks,
//! `inline` one of plain inline tasks; `precise` and `precise_inline` are these with precise timers.
//!
//! ```text
//! lateness NAME p50_ns p99_ns cpu_ns_per_run runs ideal
//! drift NAME p50_ns
//! ```
//!
//! Lateness counts from the slot to the task's first line, CPU is that of the whole process. Drift is by how much the
//! distance of a task's first start from its last misses the multiple of its period; half of the tasks have less.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use periodic_core::manager::{Call, Collector, Given, PeriodicManager};
use periodic_core::task::{Ended, Execution, Interval, Next, TaskSpec};
use periodic_runtime::{Runner, SystemClock};
use tokio::time::{interval_at, sleep_until};

const TASKS: u32 = 1000;
/// So that the last slots have their runs.
const AFTER: Duration = Duration::from_millis(50);
const NAMES: [&str; 5] = ["interval", "spawned", "inline", "precise", "precise_inline"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let seconds = args.next_if(|arg| arg.parse::<u64>().is_ok()).map_or(Ok(10), |seconds| seconds.parse())?;
    let named: Vec<String> = args.collect();
    let chosen = if named.is_empty() { NAMES.map(String::from).to_vec() } else { named };
    chosen.iter().try_for_each(|name| measure(name, Duration::from_secs(seconds)))
}

fn measure(name: &str, length: Duration) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let before = cpu();
    let samples = match name {
        "interval" => runtime.block_on(intervals(length)),
        "spawned" => runtime.block_on(runner(length, Execution::Spawned, false))?,
        "inline" => runtime.block_on(runner(length, Execution::Inline, false))?,
        "precise" => runtime.block_on(runner(length, Execution::Spawned, true))?,
        "precise_inline" => runtime.block_on(runner(length, Execution::Inline, true))?,
        _ => return Err(format!("`{name}` is unknown; expected one of {}", NAMES.join(", ")).into()),
    };
    samples.print(name, cpu().saturating_sub(before));
    Ok(())
}

async fn intervals(length: Duration) -> Arc<Samples> {
    let samples = Arc::new(Samples::new(length));
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let samples = Arc::clone(&samples);
            tokio::spawn(async move {
                let mut interval = interval_at((samples.start + period(task)).into(), period(task));
                loop {
                    let slot = interval.tick().await;
                    samples.take(task, slot.into_std());
                }
            })
        })
        .collect();
    sleep_until((samples.start + length + AFTER).into()).await;
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    samples
}

async fn runner(
    length: Duration,
    execution: Execution,
    precise: bool,
) -> Result<Arc<Samples>, Box<dyn Error>> {
    let samples = Arc::new(Samples::new(length));
    // Its instants count from here, so a slot's place on the machine's clock is known.
    let clock = SystemClock::new();
    let tasks = Tasks { samples: Arc::clone(&samples), execution };
    let builder = Runner::builder(tasks).clock(clock);
    #[cfg(feature = "precise")]
    let builder = builder.precise(precise);
    #[cfg(not(feature = "precise"))]
    if precise {
        return Err("precise timers need the feature `precise`".into());
    }
    let runner = builder.build()?;
    let end = samples.start + length + AFTER;
    let stopped = runner.run_until(sleep_until(end.into())).await;
    assert!(stopped.cut().is_empty(), "{stopped}");
    Ok(samples)
}

fn period(task: u32) -> Duration {
    Duration::from_millis(10) + Duration::from_millis(990) * task / (TASKS - 1)
}

struct Tasks {
    samples: Arc<Samples>,
    execution: Execution,
}

impl PeriodicManager for Tasks {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        let spec = |task| {
            let every = Interval::from_duration(period(task));
            TaskSpec::new(format!("task_{task}").leak()).every(every).execution(self.execution)
        };
        collector.manager("Lateness");
        collector.tasks(&(0..TASKS).map(spec).collect::<Vec<_>>());
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, (), ()>) -> Call<'a> {
        let task = row[0];
        let slot = self.samples.start + Duration::from_nanos(given.run.slot().at.as_nanos().unsigned_abs());
        let run = move || {
            self.samples.take(task, slot);
            Ended::Ok(Next::OnSchedule)
        };
        match self.execution {
            Execution::Inline => Call::Ready(run()),
            _ => Call::pending(async move { run() }),
        }
    }
}

/// The starts that the tasks noted.
struct Samples {
    start: Instant,
    length: Duration,
    tasks: Vec<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    slots: Option<(Instant, Instant)>,
    starts: Option<(Instant, Instant)>,
    lateness: Vec<u64>,
}

impl Samples {
    fn new(length: Duration) -> Self {
        let seen = |task| {
            let runs = length.as_nanos() / period(task).as_nanos() + 2;
            let lateness = Vec::with_capacity(usize::try_from(runs).unwrap_or(0));
            Mutex::new(Seen { lateness, ..Seen::default() })
        };
        let tasks = (0..TASKS).map(seen).collect();
        Self { start: Instant::now(), length, tasks }
    }

    fn take(&self, task: u32, slot: Instant) {
        let now = Instant::now();
        if slot > self.start + self.length {
            return;
        }
        let mut seen = self.tasks[task as usize].lock().unwrap_or_else(PoisonError::into_inner);
        seen.slots = Some((seen.slots.map_or(slot, |(first, _)| first), slot));
        seen.starts = Some((seen.starts.map_or(now, |(first, _)| first), now));
        // A slot that is run early would be a defect, and must not pass for one that is on time.
        assert!(now >= slot, "task {task} ran {:?} early", slot - now);
        seen.lateness.push(nanos(now - slot));
    }

    fn print(&self, name: &str, cpu: Duration) {
        let (mut lateness, mut drifts, mut ideal) = (Vec::new(), Vec::new(), 0);
        for (task, seen) in (0..).zip(&self.tasks) {
            let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let (Some(slots), Some(starts)) = (seen.slots, seen.starts) else { continue };
            ideal += 1 + (self.start + self.length - slots.0).as_nanos() / period(task).as_nanos();
            drifts.push(nanos((slots.1 - slots.0).abs_diff(starts.1 - starts.0)));
            lateness.extend_from_slice(&seen.lateness);
        }
        lateness.sort_unstable();
        drifts.sort_unstable();
        let runs = lateness.len();
        let of = |sorted: &[u64], hundredths: usize| {
            sorted.get(sorted.len() * hundredths / 100).copied().unwrap_or_default()
        };
        let cpu_per_run = nanos(cpu) / u64::try_from(runs).unwrap_or(u64::MAX).max(1);
        println!("lateness {name} {} {} {cpu_per_run} {runs} {ideal}", of(&lateness, 50), of(&lateness, 99));
        println!("drift {name} {}", of(&drifts, 50));
    }
}

fn nanos(length: Duration) -> u64 {
    u64::try_from(length.as_nanos()).unwrap_or(u64::MAX)
}

/// The processor time of this process so far.
#[cfg(unix)]
fn cpu() -> Duration {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(used).unwrap_or_default()
}

#[cfg(not(unix))]
fn cpu() -> Duration {
    Duration::ZERO
}
