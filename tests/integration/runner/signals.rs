//! Real signals to a real process: this test binary, started again as a service.

// The service tells its parent through its output.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use periodic::Runner;
use periodic::task::{Interval, Run, TaskName, TaskSpec};
use rustix::process::{Pid, Signal, kill_process};

use super::stage::Empty;

/// Set in the process that is the service, to how its task answers when it is asked to end.
const SERVICE: &str = "PERIODIC_TEST_SERVICE";

/// No test by itself: what the process that is started again runs.
#[tokio::test]
async fn service() {
    let Ok(answer) = std::env::var(SERVICE) else { return };
    let runner = Runner::builder(Empty).grace(Duration::ZERO).build().unwrap();
    let spec = TaskSpec::new("work").every(Interval::from_secs(3_600)).run_immediately();
    let task = move |run: Run| {
        let heeds = answer == "heeds";
        async move {
            println!("said: running");
            run.cancelled().await;
            println!("said: asked to end");
            if !heeds {
                std::future::pending::<()>().await;
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
fn a_second_signal_ends_the_grace_time() {
    let mut service = Service::start("goes on");
    assert_eq!(service.says().as_deref(), Some("running"));
    service.signal(Signal::TERM);
    assert_eq!(service.says().as_deref(), Some("asked to end"));
    service.signal(Signal::INT);
    assert_eq!(service.says().as_deref(), Some("cut 1"));
    assert!(service.child.wait().unwrap().success());
}
