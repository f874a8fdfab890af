//! Measurements by scripts, examples and other processes. A missing one is reported as missing.

use std::process::{Child, Stdio};

use super::Effort;
use crate::child::{self, output};
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

/// Returns the findings of goal M about wake-ups.
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
    for _ in 0..effort.rounds {
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
    fn the_example_is_read_by_its_lines() {
        let said = "noise\nlateness interval 1000000 1900000 2500 100 100\nlateness precise 4000 22000 5800 100 100\n";
        assert_eq!(precise_of(said).ratio(), Some(1.0 / 250.0));
        assert_eq!(precise_of("lateness interval 1 2 3 4 5").ours, None);
    }
}
