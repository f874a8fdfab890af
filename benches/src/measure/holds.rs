//! Goal E: how long the lock of a runner is held, measured by a program with a timed lock.

use super::Effort;
use crate::child::{output, run_apart};
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;

/// Returns the lines of the measuring program.
///
/// # Errors
/// When it cannot be built or run.
pub fn told(effort: Effort) -> Result<String, String> {
    output(run_apart("periodic-bench-holds").args(["100000", &effort.rounds.to_string()]))
}

/// Returns the finding of goal E, and the holds of each kind of call as Markdown.
pub fn findings(told: &Result<String, String>) -> (Finding, String) {
    let told = match told {
        Ok(told) => told,
        Err(error) => return (Finding::not_measured("hold", error), format!("Not measured: {error}.\n")),
    };
    let mut kinds: Vec<_> = told.lines().filter_map(kind_of).collect();
    kinds.sort_by(|(_, a), (_, b)| b.median.total_cmp(&a.median));
    let mut text = String::from("| call | longest hold | |\n| --- | --: | --- |\n");
    for (kind, spread) in &kinds {
        let [median, min, max] =
            [spread.median, spread.min, spread.max].map(|hold| Unit::Nanos.written(hold));
        text += &format!("| {} | {median} | {min} – {max} |\n", kind.replace('_', " "));
    }
    let over: Vec<_> = kinds.iter().filter(|(_, hold)| hold.median > 1e6).collect();
    let over: Vec<_> = over
        .iter()
        .map(|(kind, hold)| format!("{} {}", kind.replace('_', " "), Unit::Nanos.written(hold.median)))
        .collect();
    let finding = match kinds.first() {
        Some((_, longest)) => {
            Finding::alone("hold", *longest).note(format!("over 1 ms are {}", over.join(", ")))
        }
        None => Finding::not_measured("hold", "the measuring program printed no figure"),
    };
    (finding, text)
}

fn kind_of(line: &str) -> Option<(String, Spread)> {
    let mut words = line.strip_prefix("hold ")?.split_whitespace();
    let kind = words.next()?.to_owned();
    Some((kind, Spread::of(words.filter_map(|word| word.parse().ok()).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_of_all_kinds_counts() {
        let told =
            Ok("hold add 10 30 20\nhold status 9000000 2000000 4000000\nhold stop 1500000\n".to_owned());
        let (finding, text) = findings(&told);
        assert_eq!(finding.ours.map(|hold| hold.median), Some(4e6));
        assert_eq!(finding.note, "over 1 ms are status 4.0 ms, stop 1.5 ms");
        assert!(text.contains("| add | 20 ns | 10 ns – 30 ns |\n"), "{text}");
    }
}
