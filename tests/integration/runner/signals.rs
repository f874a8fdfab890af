//! Real signals to a real process: this test binary, started again as a service.

// The service tells its parent through its output.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use periodic::Runner;
use periodic::task::{Interval, Run, TaskName, TaskSpec};
use rustix::process::{Pid, Signal, kill_process};

use super::stage::Empty;

/// Set in the process that is the service, to how its task answers when it is asked to end.
const SERVICE: &str = "PERIODIC_TEST_SERVICE";

/// No test by itself: the code of the process that is started again.
#[tokio::test]
async fn service() {
    let Ok(answer) = std::env::var(SERVICE) else { return };
    let runner = Runner::builder(Empty).grace(Duration::ZERO).build().unwrap();
    let spec = TaskSpec::new("work").every(Interval::from_secs(3_600)).run_immediately();
    let task = move |run: Run| {
        let answer = answer.clone();
        async move {
            println!("said: running");
            run.cancelled().await;
            println!("said: asked to end");
            match answer.as_str() {
                "heeds" => {}
                // So that signals which come meanwhile are heard, on this thread, by then.
                "heeds late" => {
                    for _ in 0..20_000 {
                        tokio::task::yield_now().await;
                    }
                }
                _ => std::future::pending().await,
            }
        }
    };
    runner.handle().add(TaskName::new("Test", "work").unwrap(), spec, task).unwrap();
    let stopped = runner.run_until_signal().await.unwrap();
    println!("said: cut {}", stopped.cut().len());
}

struct Service {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Service {
    fn start(answer: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "runner::signals::service", "--nocapture"])
            .env(SERVICE, answer)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// The next thing that the service says; it is the harness that prints the rest.
    fn says(&mut self) -> Option<String> {
        self.lines.by_ref().map(Result::unwrap).find_map(|line| Some(line.split_once("said: ")?.1.to_owned()))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Where a test fails half-way, its service must not outlive it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn sigterm_and_sigint_stop_gracefully() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut service = Service::start("heeds");
        assert_eq!(service.says().as_deref(), Some("running"));
        service.signal(signal);
        assert_eq!(service.says().as_deref(), Some("asked to end"));
        assert_eq!(service.says().as_deref(), Some("cut 0"));
        assert!(service.child.wait().unwrap().success());
    }
}

#[test]
fn equal_signals_at_one_time_are_one() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut service = Service::start("heeds late");
        assert_eq!(service.says().as_deref(), Some("running"));
        let begun = Instant::now();
        for _ in 0..50 {
            // Under load, too, all of them come within a second.
            if begun.elapsed() < Duration::from_millis(500) {
                service.signal(signal);
                std::thread::yield_now();
            }
        }
        assert_eq!(service.says().as_deref(), Some("asked to end"));
        assert_eq!(service.says().as_deref(), Some("cut 0"));
        assert!(service.child.wait().unwrap().success());
    }
}

#[test]
fn one_of_the_same_kind_ends_the_grace_time_a_second_after_the_first() {
    let mut service = Service::start("goes on");
    assert_eq!(service.says().as_deref(), Some("running"));
    // Which of them comes late enough, is up to the machine.
    while service.child.try_wait().unwrap().is_none() {
        service.signal(Signal::TERM);
        std::thread::yield_now();
    }
    assert_eq!(service.says().as_deref(), Some("asked to end"));
    assert_eq!(service.says().as_deref(), Some("cut 1"));
}

#[test]
fn a_second_signal_ends_the_grace_time() {
    let mut service = Service::start("goes on");
    assert_eq!(service.says().as_deref(), Some("running"));
    service.signal(Signal::TERM);
    assert_eq!(service.says().as_deref(), Some("asked to end"));
    service.signal(Signal::INT);
    assert_eq!(service.says().as_deref(), Some("cut 1"));
    assert!(service.child.wait().unwrap().success());
}
