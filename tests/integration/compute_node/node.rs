use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};

use crate::launcher::process::{Directory, PATIENCE};

/// The program. Cargo gives a test the path of no example, so it is asked; as a rule all is built already.
pub(super) fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // The test binary lies in TARGET/PROFILE/deps.
        let test = std::env::current_exe().unwrap();
        let target = test.ancestors().nth(3).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--example", "compute_node", "--message-format", "json"]);
        cargo.current_dir(env!("CARGO_MANIFEST_DIR")).arg("--target-dir").arg(target);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let built = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&built.stdout);
        let mut programs = said.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(PathBuf::from(message.get("executable")?.as_str()?))
        });
        programs.next_back().unwrap_or_else(|| panic!("{said}\n{}", String::from_utf8_lossy(&built.stderr)))
    })
}

/// Settings under which something happens at once, and a stop takes little time.
pub(super) fn settings(more: &str) -> String {
    format!("periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = 1\n{more}\n")
}

/// A node that runs, with its settings and its database in a directory of its own.
pub(super) struct Node {
    child: Child,
    log: Receiver<String>,
}

impl Node {
    pub(super) fn start(directory: &Directory, arguments: &[&str]) -> Self {
        Self::start_with(directory, arguments, |command| command)
    }

    pub(super) fn start_with(
        directory: &Directory,
        arguments: &[&str],
        change: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Self {
        let mut command = Command::new(program());
        // The node reads variables of this prefix as settings, and this one is the tests'.
        command.env_remove("PERIODIC_REQUIRE_SERVERS");
        command.arg("--settings").arg(directory.path("compute.toml"));
        command.arg("--db").arg(directory.path("node.sqlite")).args(arguments);
        command.env_remove("RUST_LOG").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = change(&mut command).spawn().unwrap();
        let (sender, log) = channel();
        let lines = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            lines.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, log }
    }

    pub(super) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for a line with this in it, and gives that line.
    #[track_caller]
    pub(super) fn logs(&self, text: &str) -> String {
        self.logs_until(text).lines().last().unwrap().to_owned()
    }

    /// The same, with all lines before it that were not asked for.
    #[track_caller]
    pub(super) fn logs_until(&self, text: &str) -> String {
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

    /// Waits until it has ended: the code, and the rest of what it said.
    #[track_caller]
    pub(super) fn ended(mut self) -> (Option<i32>, String) {
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
