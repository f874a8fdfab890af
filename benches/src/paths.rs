//! The paths whose instructions are counted, each in a process of its own.

use std::time::Duration;

use crate::measure::{SECOND, TEN_K, period};
use crate::ours::devices::{Plain, Spawned, idle_runner, many};
use crate::ours::fleet::Fleet;
use crate::ours::idle::Idle;
use crate::ours::passes::Passes;
use crate::ours::stepped::Stepped;
use crate::ours::stepped_runner::{SteppedRunner, due};
use crate::ours::two_threads::TwoThreads;
use crate::peers::paused;

/// The part of a process that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The function `counted`, in its thread.
    Function,
    /// The second of two processes of different length, less the first: all threads.
    Process,
}

/// A path.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    /// The name of its record.
    pub name: &'static str,
    /// The part that is counted.
    pub counted: Counted,
    /// The allowed increase over the record.
    pub margin: f64,
}

/// One thread repeats its instructions: counts of a busy machine differ by at most 0.1 %, by the seeds of hash maps.
const fn path(name: &'static str) -> Path {
    Path { name, counted: Counted::Function, margin: 0.01 }
}

/// All paths.
pub const PATHS: [Path; 7] = [
    path("idle_poll_10k"),
    path("due_sync_10k"),
    path("mixed_1k"),
    path("spawned_1k"),
    path("runner_inline_10k"),
    path("pause_and_resume_10k"),
    // The threads park and steal as they come: on a busy machine medians of three counts lie within 1.5 % of each other.
    Path { name: "two_threads_1k", counted: Counted::Process, margin: 0.03 },
];

/// Prepares a path, and runs it `times` times as long as the shortest; returns the number of operations.
pub fn go(path: &str, times: u32) -> Option<u64> {
    let step = Duration::from_millis(10);
    Some(match path {
        "idle_poll_10k" => {
            let mut idle = Idle::of(TEN_K);
            counted(&mut || idle.polls(10_000))
        }
        "due_sync_10k" => {
            let mut passes = Passes::<Vec<Plain>>::of(TEN_K);
            passes.steps(2, SECOND);
            counted(&mut || passes.steps(2, SECOND))
        }
        "mixed_1k" => {
            let mut passes = Passes::mixed(1_000);
            passes.steps(200, step);
            counted(&mut || passes.steps(200, step))
        }
        "spawned_1k" => {
            let mut spawned = SteppedRunner::of(many::<Spawned>(1_000));
            spawned.steps(SECOND, &[1_000; 2]);
            counted(&mut || spawned.steps(SECOND, &[1_000; 5]))
        }
        "runner_inline_10k" => {
            let mut inline = SteppedRunner::of(Fleet::mixed(TEN_K));
            let due = |after, steps| due(TEN_K, period, step, after, steps);
            inline.steps(step, &due(0, 100));
            let due = due(100, 50);
            counted(&mut || inline.steps(step, &due))
        }
        "pause_and_resume_10k" => {
            let runtime = paused();
            let _inside = runtime.enter();
            let runner = idle_runner(TEN_K, Stepped::default());
            let handle = runner.handle();
            runtime.spawn(runner.run_until(std::future::pending()));
            // The runner must sleep by now, so that each call checks whether to wake it.
            runtime.block_on(tokio::task::yield_now());
            let names: Vec<_> = (0..TEN_K).step_by(10).map(|task| format!("{task}.poll")).collect();
            counted(&mut || {
                for name in &names {
                    for done in [handle.pause(name), handle.resume(name)] {
                        done.unwrap_or_else(|error| panic!("a control call: {error}"));
                    }
                }
                names.len() as u64
            })
        }
        "two_threads_1k" => {
            let mut runner = TwoThreads::of(1_000);
            let runs = runner.seconds(10 * times);
            runner.end();
            runs
        }
        _ => return None,
    })
}

/// The function that callgrind counts, by its name.
#[inline(never)]
fn counted(work: &mut dyn FnMut() -> u64) -> u64 {
    std::hint::black_box(work())
}
