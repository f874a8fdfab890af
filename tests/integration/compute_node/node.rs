use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use super::program::program;
use crate::launcher::process::{Directory, PATIENCE};

/// Settings under which something happens at once, and a stop takes little time.
pub(crate) fn settings(more: &str) -> String {
    format!(
        "periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = 1\nperiodic_run_spans = \"info\"\n{more}\n"
    )
}

/// A node that runs, with its settings and its database in a directory of its own.
pub(crate) struct Node {
    child: Child,
    log: Receiver<String>,
}

impl Node {
    pub(crate) fn start(directory: &Directory, arguments: &[&str]) -> Self {
        Self::start_with(directory, arguments, |command| command)
    }

    pub(crate) fn start_with(
        directory: &Directory,
        arguments: &[&str],
        change: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Self {
        let mut command = Command::new(program("compute_node"));
        command.arg("--settings").arg(directory.path("compute.toml"));
        command.arg("--db").arg(directory.path("node.sqlite")).args(arguments);
        Self::spawn(change(&mut command))
    }

    /// A node with these arguments and no others.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        // The node reads variables of this prefix as settings, and this one is the tests'.
        command.env_remove("PERIODIC_REQUIRE_SERVERS");
        if !command.get_envs().any(|(name, _)| name == "RUST_LOG") {
            command.env_remove("RUST_LOG");
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, log) = channel();
        let lines = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            lines.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, log }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for a line with this in it, and gives that line.
    #[track_caller]
    pub(crate) fn logs(&self, text: &str) -> String {
        self.logs_until(text).lines().last().unwrap().to_owned()
    }

    /// The same, with all lines before it that were not asked for.
    #[track_caller]
    pub(crate) fn logs_until(&self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        while let Ok(line) = self.log.recv_timeout(until.saturating_duration_since(Instant::now())) {
            let found = line.contains(text);
            seen.push(line);
            if found {
                return seen.join("\n");
            }
        }
        panic!("`{text}` is not logged:\n{}", seen.join("\n"));
    }

    /// Waits until it has ended: its code, and the rest of its output.
    #[track_caller]
    pub(crate) fn ended(mut self) -> (Option<i32>, String) {
        let until = Instant::now() + PATIENCE;
        let mut rest = String::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.log.recv_timeout(left) {
                Ok(line) => rest = rest + &line + "\n",
                // Its standard error is closed, which is its end.
                Err(RecvTimeoutError::Disconnected) => return (self.child.wait().unwrap().code(), rest),
                Err(RecvTimeoutError::Timeout) => panic!("it does not end:\n{rest}"),
            }
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Where a test fails half-way, its node must not outlive it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
