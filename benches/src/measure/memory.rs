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

/// Returns the findings of goal 5, and the allocations of goal 4.
pub fn findings(told: &Result<String, String>) -> Vec<Finding> {
    ["bytes_100k", "bytes_1m", "idle_allocations", "sync_allocations", "async_allocations"]
        .map(|key| match told {
            Err(error) => Finding::not_measured(key, error),
            Ok(told) => match number(told, key) {
                None => Finding::not_measured(key, "the measuring program printed no figure"),
                Some(figure) => {
                    let all = number(told, &format!("{key}_all")).map(|all| made_of(figure, all));
                    let start = number(told, "start_allocations").filter(|_| all.is_none());
                    let start = start
                        .map(|start| format!("{start:.1} of them are made when the scheduler starts a run"));
                    Finding::alone(key, Spread::exact(figure)).note(all.or(start).unwrap_or_default())
                }
            },
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
    if let Some(freed) = number(told, "bytes_freed") {
        text += &format!("\nWhen a million tasks are removed, {freed:.0} bytes of each are free again.\n");
    }
    text
}
