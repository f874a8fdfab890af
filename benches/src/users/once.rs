//! One round of one contender, in a process of its own.

use std::time::Duration;

use super::contender::Contender;
use super::load::{Code, Load};
use super::sample::{Window, round};

/// The arguments of a round.
pub const USAGE: &str = "round spawned|inline|interval|delay|delay_spawn|floor TASKS THREADS mixed|awaits|herd|herd_awaits \
                         MILLIS [fmt|none]";

/// Measures a round; returns its figures as a line, or `None` if the words are not as [`USAGE`] says.
pub fn line(words: &[&str]) -> Option<String> {
    let [contender, tasks, threads, kind, millis, subscriber @ ..] = words else { return None };
    let contender = match *contender {
        "spawned" => Contender::Spawned,
        "inline" => Contender::Inline,
        "interval" => Contender::Interval,
        "delay" => Contender::Delay,
        "delay_spawn" => Contender::DelaySpawn,
        "floor" => Contender::Floor,
        _ => return None,
    };
    let mixed = Load::mixed(tasks.parse().ok()?, threads.parse().ok()?);
    let load = match *kind {
        "mixed" => mixed,
        "awaits" => Load { code: Code::Awaits, ..mixed },
        "herd" => Load { tasks: mixed.tasks, ..Load::herd(mixed.threads, Code::Ready) },
        "herd_awaits" => Load { tasks: mixed.tasks, ..Load::herd(mixed.threads, Code::Awaits) },
        _ => return None,
    };
    if subscriber == ["fmt"] {
        // As the README sets it up, but for the sink.
        tracing_subscriber::fmt().log_internal_errors(false).with_writer(std::io::sink).init();
    }
    let sample = round(&load, contender, Window::of(&load, Duration::from_millis(millis.parse().ok()?)));
    let [p50, p99, latest] = sample.late;
    Some(format!(
        "cpu {:.0} p50 {p50:.0} p99 {p99:.0} latest {latest:.0} switches {:.0} done {:.3}",
        sample.cpu, sample.switches, sample.done
    ))
}
