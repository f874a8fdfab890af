//! Memory, measured by a program of its own.

use super::Effort;
use crate::child::{cargo, number, output};
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;

/// What the other program tells, as its lines.
///
/// # Errors
/// When it cannot be built or run.
pub fn told(effort: Effort) -> Result<String, String> {
    let program =
        ["run", "--release", "--quiet", "-p", "periodic-bench", "--bin", "periodic-bench-memory", "--"];
    output(cargo().args(program).arg(effort.million.to_string()))
}

/// Goal 5, and the allocations of goal 4.
pub fn findings(told: &Result<String, String>) -> Vec<Finding> {
    ["bytes_100k", "bytes_1m", "idle_allocations", "sync_allocations", "async_allocations"]
        .map(|key| match told {
            Err(error) => Finding::not_measured(key, error),
            Ok(told) => match number(told, key) {
                None => Finding::not_measured(key, "the measuring program told no figure"),
                Some(figure) => {
                    let all = number(told, &format!("{key}_all"))
                        .map(|all| format!("{} with the task's own row and name", Unit::Bytes.written(all)));
                    let start = number(told, "start_allocations").filter(|_| all.is_none());
                    let start = start
                        .map(|start| format!("{start:.1} of them are made when the scheduler starts a run"));
                    Finding::alone(key, Spread::exact(figure)).note(all.or(start).unwrap_or_default())
                }
            },
        })
        .into()
}

/// What a task takes, beside the peers, as Markdown.
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
