//! Goal C: the cost of the subscriber that the README sets up.
//!
//! A subscriber is set once in a process, so each round is a process of its own.

use super::Effort;
use crate::child::{number, output, this_program};
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;

/// Returns the findings of goal C.
pub fn findings(effort: Effort) -> Vec<Finding> {
    [("logged", "2"), ("logged_one", "1")].map(|(key, threads)| found(key, threads, effort)).into()
}

fn found(key: &'static str, threads: &str, effort: Effort) -> Finding {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        for (kind, figures) in [("fmt", &mut with), ("none", &mut without)] {
            let millis = effort.window.as_millis().to_string();
            let arguments = ["round", "spawned", "10000", threads, "mixed", &millis, kind];
            let said = this_program().and_then(|mut program| output(program.args(arguments)));
            match said.map(|said| number(&said, "cpu")) {
                Ok(Some(cpu)) => figures.push(cpu),
                Ok(None) => return Finding::not_measured(key, "the process printed no figure"),
                Err(error) => return Finding::not_measured(key, error),
            }
        }
    }
    let (with, without) = (Spread::of(with), Spread::of(without));
    Finding::beside(key, with, "itself, without a subscriber", without)
        .note(format!("the span of a run costs {}", Unit::Nanos.written(with.median - without.median)))
}
