//! Goals I to K: the cost of builds, measured by scripts that take minutes. They are a command of their own, whose lines
//! are kept; the table reads them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Effort;
use crate::child::{number, output, package, repository};
use crate::finding::Finding;
use crate::machine;
use crate::rounds::Spread;

const GOALS: [&str; 4] = ["edit_1", "edit_100", "release_1", "build"];

fn kept() -> PathBuf {
    repository().join("docs/performance/builds.txt")
}

/// Measures the builds; returns the lines, and keeps them if `keep`.
///
/// # Errors
/// When a script fails, or its lines cannot be kept.
pub fn measured(effort: Effort, keep: bool) -> Result<String, String> {
    let rounds = effort.rounds.to_string();
    let mut text =
        format!("Written by `cargo run --release -p periodic-bench -- builds`: {}\n", machine::described());
    for script in ["edit_cost.sh", "build_cost.sh"] {
        let mut bash = Command::new("bash");
        text += &output(bash.arg(package().join(script)).arg(&rounds))?;
    }
    if keep {
        let written = fs::create_dir_all(kept().parent().unwrap_or(repository()))
            .and_then(|()| fs::write(kept(), &text));
        written.map_err(|error| format!("{}: {error}", kept().display()))?;
    }
    Ok(text)
}

/// Returns the findings of goals I to K from the kept lines, and the line that says where they were measured.
pub fn findings() -> (Vec<Finding>, String) {
    match fs::read_to_string(kept()) {
        Ok(text) => found(&text),
        Err(_) => found("Not measured yet: `cargo run --release -p periodic-bench -- builds`\n"),
    }
}

fn found(text: &str) -> (Vec<Finding>, String) {
    let origin = text.lines().next().unwrap_or_default().to_owned();
    (GOALS.map(|key| finding(key, text)).into(), origin)
}

fn finding(key: &'static str, text: &str) -> Finding {
    let (words, peer, [ours, theirs]) = match key {
        "build" => ("build_cost", "its dependencies alone", ["facade", "baseline"]),
        edit => (edit, "the same by hand", ["attribute", "hand"]),
    };
    let line = line_of(text, words);
    let spread = |of: &str| {
        let figure = |part: &str| number(line, &format!("{of}{part}"));
        Some(Spread { median: figure("_s")?, min: figure("_min_s")?, max: figure("_max_s")? })
    };
    match (spread(ours), spread(theirs)) {
        (Some(ours), Some(theirs)) => Finding::beside(key, ours, peer, theirs).note(limit(key, text)),
        _ => Finding::not_measured(
            key,
            "`cargo run --release -p periodic-bench -- builds` has to be run first",
        ),
    }
}

fn limit(key: &str, text: &str) -> String {
    match key {
        "build" => {
            let crates = line_of(text, "build_cost_crates").split_whitespace().skip(1);
            let crates: Vec<_> = crates.map(|of_crate| of_crate.replace('=', " ")).collect();
            format!("CPU seconds by crate: {}", crates.join(", "))
        }
        "release_1" => "the program contains the runner's generic code, once for each type of manager".into(),
        _ => "the attribute is expanded, and the program linked with the library".into(),
    }
}

/// Returns the last line that begins with these words.
fn line_of<'a>(said: &'a str, words: &str) -> &'a str {
    let begins = |line: &&str| line.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
    said.lines().rfind(begins).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_findings_and_missing_ones_are_not_measured() {
        let text = "measured there\nedit_1 attribute_s=0.6 attribute_min_s=0.5 attribute_max_s=0.7 hand_s=0.5 \
                    hand_min_s=0.4 hand_max_s=0.6 rounds=7\nbuild_cost_crates periodic-core=1.9 periodic-text=0.2\n\
                    build_cost facade_s=15.0 facade_min_s=14 facade_max_s=16 baseline_s=10 baseline_min_s=9 baseline_max_s=11";
        let (findings, origin) = found(text);
        assert_eq!(origin, "measured there");
        let medians: Vec<_> = findings.iter().map(|finding| finding.ours.map(|ours| ours.median)).collect();
        assert_eq!(medians, [Some(0.6), None, None, Some(15.0)]);
        assert_eq!(findings[3].note, "CPU seconds by crate: periodic-core 1.9, periodic-text 0.2");
    }
}
