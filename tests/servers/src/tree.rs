use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// Sends the signal to the process and all its descendants.
///
/// A process group is not enough: each backend of PostgreSQL leads its own session.
pub(crate) fn signal(root: u32, signal: Signal) {
    // A process that has ended meanwhile needs no signal.
    let send = |process: u32, signal| {
        let _ = kill_process(Pid::from_raw(process.cast_signed()).unwrap(), signal);
    };
    if signal == Signal::CONT {
        for process in descendants(root).into_iter().chain([root]) {
            send(process, signal);
        }
        return;
    }
    // Parents first, until there is no new process: a stopped process starts no other.
    let mut stopped = vec![root];
    send(root, Signal::STOP);
    loop {
        let new: Vec<u32> = descendants(root).into_iter().filter(|child| !stopped.contains(child)).collect();
        if new.is_empty() {
            break;
        }
        for child in &new {
            send(*child, Signal::STOP);
        }
        stopped.extend(new);
    }
    // A thread may run for a moment after the signal.
    while !stopped.iter().all(|process| stands_still(*process)) {
        std::thread::sleep(Duration::from_millis(1));
    }
    if signal != Signal::STOP {
        for process in stopped.into_iter().rev() {
            send(process, signal);
        }
    }
}

fn descendants(root: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parents: Vec<(u32, u32)> =
        processes.filter_map(|process| Some((process, parent(process)?))).collect();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(&of) = found.get(next) {
        found.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(process, _)| *process));
        next += 1;
    }
    found.split_off(1)
}

fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may have any text; the state and the parent come after its end.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn stands_still(process: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return true };
    threads.flatten().all(|thread| {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().next());
        // Stopped or ended; a process that cannot be read is gone.
        matches!(state, None | Some("T" | "t" | "Z" | "X"))
    })
}
