//! The daemon as its parent sees it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::child::{FILE, SCENARIO, settings};

/// How long a daemon may take for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A directory of its own, which goes with it.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("periodic-launcher-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) struct Daemon {
    child: Child,
    lines: Receiver<String>,
    directory: Directory,
}

impl Daemon {
    pub(crate) fn start(scenario: &str) -> Self {
        Self::start_with(scenario, &settings(""), |command| command)
    }

    pub(crate) fn start_with(
        scenario: &str,
        settings: &str,
        change: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Self {
        let directory = Directory::new();
        std::fs::write(directory.path("settings.toml"), settings).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "launcher::child::daemon", "--nocapture"])
            .env(SCENARIO, scenario)
            .env(FILE, directory.path("settings.toml"))
            .stdout(Stdio::piped());
        let mut child = change(&mut command).spawn().unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The harness prints the rest.
                if let Some((_, said)) = line.split_once("said: ")
                    && sender.send(said.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        Self { child, lines, directory }
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.directory.path("settings.toml")
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until it says something, and that must be this.
    #[track_caller]
    pub(crate) fn says(&self, line: &str) {
        assert_eq!(self.lines.recv_timeout(PATIENCE).as_deref(), Ok(line));
    }

    /// The next thing that it says.
    #[track_caller]
    pub(crate) fn said(&self) -> String {
        self.lines.recv_timeout(PATIENCE).unwrap()
    }

    /// Waits for a line that begins so, and skips the lines before; returns its rest.
    #[track_caller]
    pub(crate) fn says_at_last(&self, begin: &str) -> String {
        loop {
            if let Some(rest) = self.said().strip_prefix(begin) {
                return rest.to_owned();
            }
        }
    }

    /// Whether it runs.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until it has ended.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not end");
            std::thread::yield_now();
        }
    }

    /// The code with which it ended.
    #[track_caller]
    pub(crate) fn code(&mut self) -> Option<i32> {
        self.ended().code()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Where a test fails half-way, its daemon must not outlive it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a file as an editor does: whole, or not at all.
pub(crate) fn replace(file: &Path, content: &str) {
    let new = file.with_extension("new");
    std::fs::write(&new, content).unwrap();
    std::fs::rename(new, file).unwrap();
}
