//! The wake-ups of an idle process.

use std::future::pending;
use std::time::Duration;

use periodic::SystemClock;

use super::devices::{idle_runner, idle_runner_on_the_wall};
use crate::switches::voluntary_switches;

/// An idle process.
#[derive(Clone, Copy, Debug)]
pub enum Idler {
    /// A runner of a thousand tasks on the boot-time clock, which reads the clock every 60 s.
    Boot,
    /// A runner of a thousand tasks on the wall clock, which reads the clock every 30 s.
    Wall,
    /// A task that sleeps for this number of seconds, again and again, without a runner: the least that tokio can do.
    Sleep(u64),
}

/// Returns how often the threads of a runtime give up the processor in 70 s, or `None` if the system does not count
/// that.
///
/// Call it in a process of its own.
pub fn count(idler: Idler) -> Option<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().expect("a runtime");
    let _inside = runtime.enter();
    let clock = SystemClock::new();
    match idler {
        Idler::Boot => drop(runtime.spawn(idle_runner(1_000, clock).run_until(pending()))),
        Idler::Wall => drop(runtime.spawn(idle_runner_on_the_wall(1_000, clock).run_until(pending()))),
        Idler::Sleep(secs) => drop(runtime.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(secs)).await;
            }
        })),
    }
    std::thread::sleep(Duration::from_secs(1));
    let before = voluntary_switches()?;
    std::thread::sleep(Duration::from_secs(70));
    // One of them is this thread's own sleep.
    Some((voluntary_switches()? - before).saturating_sub(1))
}
