//! Programs with a bound of time.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use std::error::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Ok,
    Failed,
    TimedOut,
}

/// Runs a test binary until its end, its first failed test, or until no test has ended for the time of `silence`.
pub fn run(command: &mut Command, silence: Duration) -> Result<End, Box<dyn Error>> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group_of_its_own()
        .spawn()?;
    let mut deadline = Instant::now() + silence;
    let (sender, lines) = mpsc::channel();
    let output = child.stdout.take().expect("it is piped");
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let mut errors = child.stderr.take().expect("it is piped");
    thread::spawn(move || {
        let mut part = [0; 4096];
        while errors.read(&mut part).is_ok_and(|read| read > 0) {}
    });
    let end = loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) if line.ends_with(b"FAILED") => break End::Failed,
            Ok(line) if line.ends_with(b" ok") => deadline = Instant::now() + silence,
            Ok(_) => {}
            Err(mpsc::RecvTimeoutError::Timeout) => break End::TimedOut,
            // It has closed its output, so it is ending.
            Err(mpsc::RecvTimeoutError::Disconnected) => loop {
                match child.try_wait()? {
                    Some(status) if status.success() => return Ok(End::Ok),
                    Some(_) => return Ok(End::Failed),
                    None if Instant::now() > deadline => break,
                    None => thread::sleep(Duration::from_millis(1)),
                }
            },
        }
        if Instant::now() > deadline {
            break End::TimedOut;
        }
    };
    // With all processes that it started, which are in its group.
    let _ = Command::new("kill").args(["-9", "--", &format!("-{}", child.id())]).status();
    child.wait()?;
    Ok(end)
}

trait Group {
    fn process_group_of_its_own(&mut self) -> &mut Self;
}

impl Group for Command {
    fn process_group_of_its_own(&mut self) -> &mut Self {
        std::os::unix::process::CommandExt::process_group(self, 0)
    }
}
