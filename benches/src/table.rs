//! The tables, on the terminal and in `docs/performance/table.md`.

use crate::finding::Finding;
use crate::goals::{Goal, Target};
use crate::rounds::Spread;

/// A goal with its finding.
pub type Row = (&'static Goal, Finding);

/// Returns each of `goals` with its finding.
pub fn rows(goals: &'static [Goal], findings: &[Finding]) -> Vec<Row> {
    let found = |key| findings.iter().find(|finding| finding.key == key).cloned();
    goals
        .iter()
        .map(|goal| (goal, found(goal.key).unwrap_or_else(|| Finding::not_measured(goal.key, "not run"))))
        .collect()
}

/// Returns the numbers of lines that are reached, not reached, and not measured.
pub fn counted(rows: &[Row]) -> [usize; 3] {
    [Some(true), Some(false), None]
        .map(|answer| rows.iter().filter(|(goal, finding)| finding.reaches(goal) == answer).count())
}

/// Returns the table of goals as Markdown.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| | measured | this project | beside | its figure | ratio | goal | reached |\n\
         | --- | --- | --: | --- | --: | --: | --: | --- |\n",
    );
    for (goal, finding) in rows {
        let target = match goal.target {
            Target::AtMost(most, unit) => format!("≤ {}", unit.written(most)),
            Target::AtLeast(least, unit) => format!("≥ {}", unit.written(least)),
            Target::AtMostTimes(times, _) => format!("≤ {times} ×"),
            Target::Shown(_) => String::new(),
        };
        let reached = match finding.reaches(goal) {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "not measured",
        };
        let letter = goal.letter;
        text += &format!("| {letter} | {} | {target} | {reached} |\n", cells(goal, finding).join(" | "));
    }
    text
}

/// Returns comparisons without a goal as Markdown.
pub fn beside(rows: &[Row]) -> String {
    let mut text = String::from(
        "| measured | this project | beside | its figure | ratio |\n| --- | --: | --- | --: | --: |\n",
    );
    for (goal, finding) in rows {
        text += &format!("| {} |\n", cells(goal, finding).join(" | "));
    }
    text
}

/// Returns the limits of the goals that are not reached, and the reasons why others were not measured, as Markdown.
pub fn notes(rows: &[Row]) -> String {
    let mut text = String::new();
    for (title, answer) in
        [("Goals not reached, and their limits", Some(false)), ("Not measured, and the reasons", None)]
    {
        let left: Vec<_> = rows.iter().filter(|(goal, finding)| finding.reaches(goal) == answer).collect();
        if !left.is_empty() {
            text += &format!("\n{title}:\n\n");
        }
        for (goal, finding) in left {
            let note = if finding.note.is_empty() { "the reason is unknown" } else { &finding.note };
            text += &format!("- {}: {}: {note}.\n", goal.letter, goal.what);
        }
    }
    text
}

fn cells(goal: &Goal, finding: &Finding) -> [String; 5] {
    let (Target::AtMost(_, unit)
    | Target::AtLeast(_, unit)
    | Target::AtMostTimes(_, unit)
    | Target::Shown(unit)) = goal.target;
    let spread = |spread: Spread| {
        let [median, min, max] = [spread.median, spread.min, spread.max].map(|figure| unit.written(figure));
        if min == max { median } else { format!("{median} ({min} – {max})") }
    };
    let (peer, theirs) = match finding.peer {
        Some((peer, theirs)) => (peer.to_owned(), spread(theirs)),
        None => Default::default(),
    };
    let ratio = finding.ratio().map_or(String::new(), |ratio| match ratio {
        small if small < 0.095 => format!("1/{:.0}", 1.0 / small),
        ratio => format!("{ratio:.2} ×"),
    });
    [goal.what.into(), finding.ours.map_or(String::new(), spread), peer, theirs, ratio]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{BESIDE, GOALS};

    #[test]
    fn a_goal_that_is_not_reached_says_so_and_tells_its_limit() {
        let slow =
            Finding::beside("spawned_10k", Spread::exact(250.0), "tokio interval", Spread::exact(100.0));
        let rows = rows(GOALS, &[slow.note("switches")]);
        let text = markdown(&rows) + &notes(&rows);
        let line = "| A | spawned, 2 threads, 10 k mixed: CPU of a run | 250 ns | tokio interval | 100 ns | 2.50 × | \
                    ≤ 0.9 × | **no** |";
        assert!(text.contains(line), "{text}");
        assert!(text.contains("- A: spawned, 2 threads, 10 k mixed: CPU of a run: switches.\n"), "{text}");
        assert_eq!(counted(&rows), [0, 1, GOALS.len() - 1]);
    }

    #[test]
    fn a_small_ratio_is_a_fraction_and_a_comparison_has_no_goal() {
        let fast = Finding::beside("idle_clokwerk", Spread::exact(2.0), "clokwerk", Spread::exact(13_000.0));
        let text = beside(&rows(BESIDE, &[fast]));
        assert!(text.contains("| 2.0 ns | clokwerk | 13 µs | 1/6500 |\n"), "{text}");
    }
}
