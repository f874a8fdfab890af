use std::collections::BTreeMap;

use crate::runner::Handle;

/// How many tasks are named.
const NAMED: usize = 5;

/// What runs now, in one line. It has no times, so that it changes only when something does.
pub(super) fn text<'a>(handles: impl Iterator<Item = &'a Handle>) -> String {
    let mut running: BTreeMap<String, usize> = BTreeMap::new();
    for run in handles.flat_map(Handle::going).filter(|run| run.elapsed.is_some()) {
        *running.entry(run.task.name().to_string()).or_default() += 1;
    }
    let runs: usize = running.values().sum();
    if runs == 0 {
        return "idle".into();
    }
    let named: Vec<String> = running
        .iter()
        .take(NAMED)
        .map(|(task, runs)| if *runs == 1 { task.clone() } else { format!("{task} ({runs})") })
        .collect();
    let rest = running.len().saturating_sub(NAMED);
    let rest = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    format!("running: {}{rest}", named.join(", "))
}
