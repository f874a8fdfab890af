//! Measurements by scripts, examples and other processes. A missing one is reported as missing.

use std::process::{Child, Command, Stdio};

use super::Effort;
use crate::child::{self, in_package, number, output};
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;

/// An idle process whose wake-ups are counted.
type Counted = Result<Child, String>;

/// Starts to count the wake-ups of idle processes, which takes 70 s and no processor.
///
/// They are a runner and a bare `sleep` of tokio, first with 60 s, then with 30 s.
pub fn begin_wakeups() -> [Counted; 4] {
    ["boot", "60", "wall", "30"].map(|idler| {
        let spawned = child::this_program()?.args(["wakeups", idler]).stdout(Stdio::piped()).spawn();
        spawned.map_err(|error| format!("this program cannot be started again: {error}"))
    })
}

/// Returns the findings of goal 8.
pub fn wakeups(begun: [Counted; 4]) -> Vec<Finding> {
    let [boot, sleep_60, wall, sleep_30] = begun.map(|child| {
        let output = child?.wait_with_output().map_err(|error| error.to_string())?;
        let count = String::from_utf8_lossy(&output.stdout).trim().parse();
        count.map(Spread::exact).map_err(|_| "this system reports no wake-ups".to_owned())
    });
    let finding = |key, ours: Result<_, String>, peer, theirs: Result<_, String>| {
        match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => Finding::beside(key, ours, peer, theirs).note(
            "one sleep of tokio is several wake-ups, of its timer wheel and of its threads; their number varies",
        ),
        (Err(error), _) | (_, Err(error)) => Finding::not_measured(key, error),
    }
    };
    vec![
        finding("wakeups", boot, "tokio sleep, 60 s", sleep_60),
        finding("wakeups_wall", wall, "tokio sleep, 30 s", sleep_30),
    ]
}

/// Returns the findings of goals 9 and 10, and the macro's cost in a build as the lines of its script.
pub fn costs(effort: Effort) -> (Vec<Finding>, String) {
    let rounds = if effort.rounds < Effort::FULL.rounds { "1" } else { "3" };
    // A busy machine must not delay the whole table.
    let said = |name: &str, seconds, rounds| match in_package(name) {
        Some(script) => output(Command::new("timeout").args([seconds, "bash"]).arg(script).arg(rounds)),
        None => Err(format!("there is no `benches/{name}`")),
    };
    let finding = |key, said: &Result<String, String>, line, ours, peer, theirs, scale| match said {
        Err(error) => Finding::not_measured(key, error),
        Ok(said) => {
            let line = line_of(said, line);
            let figure = |key| Some(Spread::exact(number(line, key)? * scale));
            match (figure(ours), figure(theirs)) {
                (Some(ours), Some(theirs)) => {
                    Finding::beside(key, ours, peer, theirs).note(line.replace('_', " "))
                }
                _ => Finding::not_measured(
                    key,
                    format!("its script prints no `{ours}` and `{theirs}`: {line}"),
                ),
            }
        }
    };
    let build = said("build_cost.sh", "200", rounds);
    let of_macro = said("macro_cost.sh", "120", "1");
    let base = "its dependencies alone";
    let findings = vec![
        with_crates(
            finding("build", &build, "build_cost", "facade_cpu_s", base, "baseline_cpu_s", 1.0),
            build.as_deref().unwrap_or_default(),
        ),
        finding(
            "macro",
            &of_macro,
            "macro_parse methods=1000",
            "ours_us",
            "a full syn parse",
            "full_us",
            1e3,
        ),
    ];
    (findings, of_macro.unwrap_or_else(|error| format!("Not measured: {error}.")))
}

/// Returns the last line that begins with these words.
fn line_of<'a>(said: &'a str, words: &str) -> &'a str {
    let begins = |line: &&str| line.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
    said.lines().rfind(begins).unwrap_or_default()
}

/// Adds the time of each crate to the note.
fn with_crates(mut build: Finding, said: &str) -> Finding {
    let crates = line_of(said, "build_cost_crates").split_whitespace().skip(1);
    let crates: Vec<_> = crates.map(|of_crate| of_crate.replace('=', " ")).collect();
    if !crates.is_empty() {
        build.note += &format!("; of one build, by crate: {} CPU s", crates.join(", "));
    }
    build
}

/// Returns the finding about the precise timer, from the example that turns it on.
pub fn precise(effort: Effort) -> Finding {
    if !child::repository().join("periodic-runtime/examples/lateness.rs").exists() {
        return Finding::not_measured("precise", "there is no precise timer");
    }
    let run = [
        "run",
        "--release",
        "--quiet",
        "-p",
        "periodic-runtime",
        "--features",
        "precise",
        "--example",
        "lateness",
    ];
    let seconds = effort.real_time.as_secs().to_string();
    let mut said = String::new();
    for _ in 0..7 {
        match output(child::cargo().args(run).args(["--", &seconds, "precise", "interval"])) {
            Ok(round) => said += &round,
            Err(error) => return Finding::not_measured("precise", error),
        }
    }
    precise_of(&said)
}

fn precise_of(said: &str) -> Finding {
    let p50 = |name: &str| {
        let figures = said.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            (words.next()? == "lateness" && words.next()? == name).then(|| words.next()?.parse().ok())?
        });
        Some(Spread::of(figures.collect())).filter(|spread| spread.median.is_finite())
    };
    match (p50("precise"), p50("interval")) {
        (Some(ours), Some(theirs)) => {
            let finding = Finding::beside("precise", ours, "tokio interval", theirs);
            finding.note(format!(
                "52 runs are due at once on average and start one after the other, each {} after the one \
                 before, with cold caches after the sleep",
                Unit::Nanos.written(ours.median / 26.0)
            ))
        }
        _ => Finding::not_measured("precise", "the example printed no figures of `precise` and `interval`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_crates_is_not_that_of_the_build() {
        let said = "build_cost_crates periodic-core=1.9 periodic-text=0.2\nbuild_cost facade_cpu_s=15.0\n";
        assert_eq!(line_of(said, "build_cost"), "build_cost facade_cpu_s=15.0");
        let build = Finding::not_measured("build", "what was said");
        assert_eq!(
            with_crates(build.clone(), said).note,
            "what was said; of one build, by crate: periodic-core 1.9, periodic-text 0.2 CPU s"
        );
        assert_eq!(with_crates(build, "nothing").note, "what was said");
    }

    #[test]
    fn the_example_is_read_by_its_lines() {
        let said = "noise\nlateness interval 1000000 1900000 2500 100 100\nlateness precise 4000 22000 5800 100 100\n";
        assert_eq!(precise_of(said).ratio(), Some(250.0));
        assert_eq!(precise_of("lateness interval 1 2 3 4 5").ours, None);
    }
}
