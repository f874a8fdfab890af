use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// Sends the signal to the process and all that descend from it.
///
/// A process group would not do: each backend of PostgreSQL leads a session of its own.
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
    // Parents first, and until there is no new one: what stands still starts no other.
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
    // The name in parentheses may hold anything; the state and the parent come after its end.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
