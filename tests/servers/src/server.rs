use std::fmt::Display;
use std::fs;
use std::process::{Child, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::folder::Folder;
use crate::plan::Plan;
use crate::tree;

/// A server for one test. Dropping it kills it and its children, and deletes its data.
pub struct Server {
    pub(crate) plan: Plan,
    pub(crate) port: u16,
    running: Mutex<Option<Child>>,
    // Dropped after the process, which writes into it.
    folder: Folder,
}

impl Server {
    /// The longest time until a server is ready, or has stopped.
    const PATIENCE: Duration = Duration::from_secs(60);

    pub(crate) fn spawn(plan: Plan, port: u16, folder: Folder) -> Self {
        let running = Mutex::new(Some(plan.spawn(folder.path())));
        Self { plan, port, running, folder }
    }

    /// Returns the port on 127.0.0.1 for its clients.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns `127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Waits until it serves clients. Panics with the end of its log if it ends, or takes too long.
    pub async fn until_ready(&self) {
        let begin = Instant::now();
        while !self.plan.probe.is_ready(self.port).await {
            if let Some(status) = self.ended() {
                self.fail(format_args!("ended while it started: {status}"));
            }
            if begin.elapsed() > Self::PATIENCE {
                self.fail("is not ready");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Stops it in good order. Returns immediately if it is stopped already.
    pub async fn stop(&self) {
        let Some(process) = self.process() else { return };
        // A paused server would not receive the signal.
        tree::signal(process, Signal::CONT);
        // It is a child that was not waited for, so the process id is still its own.
        let _ = kill_process(Pid::from_raw(process.cast_signed()).unwrap(), self.plan.stop);
        let begin = Instant::now();
        while self.ended().is_none() {
            if begin.elapsed() > Self::PATIENCE {
                self.fail("does not stop");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.running().take();
    }

    /// Kills it and its children, as `kill -9` does. Returns immediately if it is stopped already.
    pub fn kill(&self) {
        if let Some(mut child) = self.running().take() {
            tree::signal(child.id(), Signal::KILL);
            child.wait().unwrap();
        }
    }

    /// Stops it if it runs, starts it on the same port with the same data, and waits until it serves clients.
    pub async fn restart(&self) {
        self.stop().await;
        self.start();
        self.until_ready().await;
    }

    /// Starts it again after a stop or a kill. It does not wait: a node of an ensemble may need others to be ready.
    pub fn start(&self) {
        let child = self.plan.spawn(self.folder.path());
        let before = self.running().replace(child);
        assert!(before.is_none(), "a server that runs cannot be started");
    }

    /// Pauses it and its children. Its connections stay open and silent.
    pub fn pause(&self) {
        tree::signal(self.process().expect("a server that is stopped cannot be paused"), Signal::STOP);
    }

    /// Ends a [`pause`](Self::pause).
    pub fn resume(&self) {
        tree::signal(self.process().expect("a server that is stopped cannot be resumed"), Signal::CONT);
    }

    fn process(&self) -> Option<u32> {
        self.running().as_ref().map(Child::id)
    }

    fn ended(&self) -> Option<ExitStatus> {
        self.running().as_mut()?.try_wait().unwrap()
    }

    fn running(&self) -> MutexGuard<'_, Option<Child>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, what: impl Display) -> ! {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let end = lines[lines.len().saturating_sub(20)..].join("\n");
        panic!("{} {what}; its log ends with:\n{end}", self.plan.program.display());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
