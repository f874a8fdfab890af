//! What scripts, examples and other processes measure. One that is not there is said to be so.

use std::process::{Child, Command, Stdio};

use crate::child::{self, in_package, number, output};
use crate::finding::Finding;
use crate::rounds::Spread;

/// Begins to count the wake-ups of idle processes, which takes 70 s and no processor.
pub fn begin_wakeups() -> Vec<(&'static str, Result<Child, String>)> {
    [("wakeups", "boot"), ("wakeups_wall", "wall")]
        .map(|(key, clock)| {
            let child = child::this_program().and_then(|mut program| {
                let spawned = program.args(["wakeups", clock]).stdout(Stdio::piped()).spawn();
                spawned.map_err(|error| format!("this program cannot be started again: {error}"))
            });
            (key, child)
        })
        .into()
}

/// Goal 8.
pub fn wakeups(begun: Vec<(&'static str, Result<Child, String>)>) -> Vec<Finding> {
    let heard = |child: Result<Child, String>| {
        let output = child?.wait_with_output().map_err(|error| error.to_string())?;
        String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .map_err(|_| "this system does not tell of wake-ups".to_owned())
    };
    let finding = |(key, child)| match heard(child) {
        Ok(count) => Finding::alone(key, Spread::exact(count)),
        Err(error) => Finding::not_measured(key, error),
    };
    begun.into_iter().map(finding).collect()
}

/// Goals 9 and 10, from the last lines of scripts: `key=number` for `ours`, `base` and `ratio`.
pub fn costs() -> Vec<Finding> {
    vec![
        cost("build", &["build_cost.sh"], "syn + quote + inventory + tokio + tracing"),
        cost("macro", &["macro_cost.sh", "macro_cost/run.sh"], "a full syn parse"),
    ]
}

fn cost(key: &'static str, scripts: &[&str], peer: &'static str) -> Finding {
    let Some(script) = scripts.iter().find_map(|script| in_package(script)) else {
        return Finding::not_measured(key, format!("there is no `benches/{}`", scripts[0]));
    };
    match output(Command::new("bash").arg(script)) {
        Err(error) => Finding::not_measured(key, error),
        Ok(said) => {
            let last = said.trim().lines().last().unwrap_or_default();
            match (number(last, "ours"), number(last, "base")) {
                (Some(ours), Some(base)) => Finding::beside(key, Spread::exact(ours), peer, Spread::exact(base)),
                _ => Finding::not_measured(key, format!("its last line has no `ours=` and `base=`: {last}")),
            }
        }
    }
}

/// The precise timer, from the example that knows how it is switched on.
pub fn precise() -> Finding {
    let example = child::repository().join("periodic-runtime/examples/lateness.rs");
    if !example.exists() {
        return Finding::not_measured("precise", "there is no precise timer");
    }
    let run = ["run", "--release", "--quiet", "-p", "periodic-runtime", "--example", "lateness"];
    match output(child::cargo().args(run)) {
        Err(error) => Finding::not_measured("precise", error),
        Ok(said) => precise_of(&said),
    }
}

fn precise_of(said: &str) -> Finding {
    let p50 = |name: &str| {
        let figures = said.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            (words.next()? == "lateness" && words.next()?.contains(name)).then(|| words.next()?.parse().ok())?
        });
        Some(Spread::of(figures.collect())).filter(|spread| spread.median.is_finite())
    };
    match (p50("precise"), p50("interval")) {
        (Some(ours), Some(theirs)) => Finding::beside("precise", ours, "tokio interval", theirs),
        _ => Finding::not_measured("precise", "the example told no figures of `precise` and `interval`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_read_by_its_lines() {
        let said = "noise\nlateness interval 1000000 1900000 2500 100 100\nlateness precise 4000 22000 5800 100 100\n";
        assert_eq!(precise_of(said).ratio(), Some(250.0));
        assert_eq!(precise_of("lateness interval 1 2 3 4 5").ours, None);
    }
}
