//! Memory, measured by a program of its own.

use periodic::scheduler::bytes_of_a_task;

use super::Effort;
use crate::child::{cargo, number, output};
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;

/// Returns the lines of the measuring program.
///
/// # Errors
/// When it cannot be built or run.
pub fn told(effort: Effort) -> Result<String, String> {
    let program =
        ["run", "--release", "--quiet", "-p", "periodic-bench", "--bin", "periodic-bench-memory", "--"];
    output(cargo().args(program).arg(effort.million.to_string()))
}

/// Returns the findings of goal F, and the allocations of goals D and M.
pub fn findings(told: &Result<String, String>) -> Vec<Finding> {
    ["bytes_100k", "bytes_1m", "returned", "herd_allocations", "idle_allocations", "sync_allocations"]
        .map(|key| match told.as_ref().map(|told| (number(told, key), told)) {
            Err(error) => Finding::not_measured(key, error),
            Ok((None, _)) => Finding::not_measured(key, "the measuring program printed no figure"),
            Ok((Some(figure), told)) => {
                let of = |name: &str| number(told, name).unwrap_or(f64::NAN);
                let note = match key {
                    "bytes_100k" | "bytes_1m" => made_of(figure, of(&format!("{key}_all"))),
                    "returned" => format!(
                        "of {:.0} B a task in a runner, with name, declaration and code, {:.0} stay",
                        of("runner_bytes"),
                        of("runner_bytes_left")
                    ),
                    "herd_allocations" => format!(
                        "a ready run makes {:.1}, an `inline` one {:.1}; tokio interval {:.1}",
                        of("spawned_allocations"),
                        of("inline_allocations"),
                        of("interval_herd_allocations")
                    ),
                    _ => String::new(),
                };
                Finding::alone(key, Spread::exact(figure)).note(note)
            }
        })
        .into()
}

/// Returns the places of a task's bytes, as text.
fn made_of(beside: f64, all: f64) -> String {
    let parts = bytes_of_a_task();
    let known: usize = parts.iter().map(|(_, bytes)| bytes).sum();
    let parts: Vec<_> = parts.iter().map(|(part, bytes)| format!("{bytes} for {part}")).collect();
    format!(
        "{} with the task's own row and name: {}. The other {} are its entry in the wheel, its wake-up time, \
         its name in the index, and spare room of these. An entry of a heap alone is 24",
        Unit::Bytes.written(all),
        parts.join(", "),
        Unit::Bytes.written(beside - known as f64)
    )
}

/// Returns the bytes of a task beside those of the peers, as Markdown.
pub fn beside(told: &str) -> String {
    let rows = [
        ("this project, with row and name", "bytes_1m_all"),
        ("DelayQueue (no names, no counters)", "delay_queue"),
        ("clokwerk", "clokwerk"),
        ("tokio interval", "interval"),
        ("tokio-cron-scheduler", "cron_scheduler"),
        ("apalis-cron", "apalis"),
    ];
    let mut text = String::from("| | bytes a task |\n| --- | --: |\n");
    for (name, key) in rows {
        if let Some(bytes) = number(told, key) {
            text += &format!("| {name} | {bytes:.0} |\n");
        }
    }
    text
}
