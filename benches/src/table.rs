//! The table, on the terminal and in `docs/performance/table.md`.

use crate::finding::Finding;
use crate::goals::{GOALS, Goal, Target};

/// Returns each goal with its finding.
pub fn rows(findings: &[Finding]) -> Vec<(&'static Goal, Finding)> {
    let found = |key| findings.iter().find(|finding| finding.key == key).cloned();
    GOALS
        .iter()
        .map(|goal| (goal, found(goal.key).unwrap_or_else(|| Finding::not_measured(goal.key, "not run"))))
        .collect()
}

/// Returns the numbers of goals that are reached, not reached, and not measured.
pub fn counted(rows: &[(&Goal, Finding)]) -> [usize; 3] {
    [Some(true), Some(false), None]
        .map(|answer| rows.iter().filter(|(goal, finding)| finding.reaches(goal) == answer).count())
}

/// Returns the whole table as Markdown.
pub fn markdown(rows: &[(&Goal, Finding)]) -> String {
    let mut text = String::from(
        "| # | measured | this project | goal | peer | peer's | ratio | reached |\n\
         | --: | --- | --: | --: | --- | --: | --: | --- |\n",
    );
    for (goal, finding) in rows {
        text += &format!("| {} |\n", cells(goal, finding).join(" | "));
    }
    text += "\n`≥ 3 ×`: the peer costs at least three times as much. `≤ 0.8 ×`: this project costs at most 0.8 times as much.\n";
    text
}

/// Returns the limits of the goals that are not reached, and the reasons why others were not measured, as Markdown.
pub fn notes(rows: &[(&Goal, Finding)]) -> String {
    let mut text = String::new();
    for (title, answer) in
        [("Goals missed, and the reasons", Some(false)), ("Not measured, and the reasons", None)]
    {
        let left: Vec<_> = rows.iter().filter(|(goal, finding)| finding.reaches(goal) == answer).collect();
        if !left.is_empty() {
            text += &format!("\n{title}:\n\n");
        }
        for (goal, finding) in left {
            let against = finding.peer.map(|(peer, _)| format!(" against {peer}")).unwrap_or_default();
            let note = if finding.note.is_empty() { "the reason is unknown" } else { &finding.note };
            text += &format!("- {}{against}: {note}.\n", goal.what);
        }
    }
    text
}

fn cells(goal: &Goal, finding: &Finding) -> [String; 8] {
    let (Target::AtMost(_, unit) | Target::AtMostTimes(_, unit) | Target::TimesLess(_, unit)) = goal.target;
    let target = match goal.target {
        Target::AtMost(most, _) => format!("≤ {}", unit.written(most)),
        Target::AtMostTimes(times, _) => format!("≤ {times} ×"),
        Target::TimesLess(times, _) => format!("≥ {times} ×"),
    };
    let spread = |spread: crate::rounds::Spread| {
        let [median, min, max] = [spread.median, spread.min, spread.max].map(|figure| unit.written(figure));
        if min == max { median } else { format!("{median} ({min} – {max})") }
    };
    let (peer, theirs) = match finding.peer {
        Some((peer, theirs)) => (peer.to_owned(), spread(theirs)),
        None => Default::default(),
    };
    let ratio = finding.ratio().map_or(String::new(), |ratio| match goal.target {
        Target::AtMostTimes(..) => format!("{:.2} ×", 1.0 / ratio),
        _ if ratio >= 9.95 => format!("{ratio:.0} ×"),
        _ => format!("{ratio:.2} ×"),
    });
    let reached = match finding.reaches(goal) {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "not measured",
    };
    let number = if goal.number == 0 { String::new() } else { goal.number.to_string() };
    [
        number,
        goal.what.into(),
        finding.ours.map_or(String::new(), spread),
        target,
        peer,
        theirs,
        ratio,
        reached.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::Spread;

    #[test]
    fn what_is_not_reached_says_what_limits_it() {
        let slow = Finding::beside("due_clokwerk", Spread::exact(100.0), "clokwerk", Spread::exact(25.0));
        let rows = rows(&[slow.note("the queue is a tree")]);
        let text = markdown(&rows) + &notes(&rows);
        assert!(
            text.contains("| 2 | all of 10 k due, sync, inline | 100 ns | ≥ 3 × | clokwerk | 25 ns |"),
            "{text}"
        );
        assert!(text.contains("| 0.25 × | **no** |"), "{text}");
        assert!(text.contains("against clokwerk: the queue is a tree.\n"), "{text}");
    }
}
