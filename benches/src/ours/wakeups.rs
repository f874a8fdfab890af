//! How often an idle process wakes up.

use std::fs;
use std::time::Duration;

use periodic::SystemClock;

use super::devices::{idle_runner, idle_runner_on_the_wall};

/// How often the threads of a runtime with a runner of a thousand idle tasks give up the processor in 70 s, or `None`
/// where the system does not tell: with tasks on the boot-time clock, or on the wall clock.
///
/// To be called in a process of its own.
pub fn count(wall: bool) -> Option<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().expect("a runtime");
    let _inside = runtime.enter();
    let runner = if wall { idle_runner_on_the_wall(1_000, SystemClock::new()) } else { idle_runner(1_000, SystemClock::new()) };
    runtime.spawn(runner.run_until(std::future::pending()));
    std::thread::sleep(Duration::from_secs(1));
    let before = switches()?;
    std::thread::sleep(Duration::from_secs(70));
    // This thread's own sleep is one of them.
    Some((switches()? - before).saturating_sub(1))
}

/// How often the threads of this process gave up the processor to wait.
fn switches() -> Option<u64> {
    let mut sum = 0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let status = fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
        sum += line.trim().parse::<u64>().ok()?;
    }
    Some(sum)
}
