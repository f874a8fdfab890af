//! Runs each mutant with the tests that reach it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::Write as _;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Options;
use crate::build::Built;
use crate::process::{End, run};
use crate::reach::{Reach, Test, command};

/// The number of tests in a process: few at first, because most mutants are noticed immediately.
const FIRST: usize = 20;
const MORE: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Caught,
    /// No test ended for three times the normal duration of the slowest, and 15 s.
    TimedOut,
    Missed,
    /// No test runs the code.
    NotReached,
}

/// Tries the mutants that were not tried before, until the time is over.
pub fn try_all(
    options: &Options,
    built: &Built,
    reach: &Reach,
    until: Instant,
) -> Result<BTreeMap<u32, Outcome>, Box<dyn Error>> {
    let path = options.directory.join("outcomes");
    let mut outcomes = BTreeMap::new();
    for line in fs::read_to_string(&path).unwrap_or_default().lines() {
        let (id, outcome): (u32, Outcome) = serde_json::from_str(line)?;
        outcomes.insert(id, outcome);
    }
    let mut file = File::options().append(true).create(true).open(&path)?;
    // Not in the order of files, so that an early end leaves a random part of the sample.
    let mut mutants: Vec<_> =
        built.mutants.iter().filter(|mutant| !outcomes.contains_key(&mutant.id)).collect();
    mutants.sort_by_key(|mutant| mutant.id.wrapping_mul(0x9e37_79b9));
    for mutant in mutants {
        if Instant::now() > until {
            break;
        }
        let outcome = try_one(built, reach, mutant.id)?;
        eprintln!("{outcome:?}: {}", mutant.name);
        writeln!(file, "{}", serde_json::to_string(&(mutant.id, outcome))?)?;
        outcomes.insert(mutant.id, outcome);
    }
    Ok(outcomes)
}

fn try_one(built: &Built, reach: &Reach, id: u32) -> Result<Outcome, Box<dyn Error>> {
    let tests: Vec<&Test> = reach.tests.iter().filter(|test| test.reaches.contains(&id)).collect();
    if tests.is_empty() {
        return Ok(Outcome::NotReached);
    }
    let (first, others) = tests.split_at(tests.len().min(FIRST));
    for part in std::iter::once(first).chain(others.chunks(MORE)) {
        let mut of_binaries: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
        for test in part {
            of_binaries.entry(&test.binary).or_default().push(test);
        }
        for (binary, tests) in of_binaries {
            let slowest = tests.iter().map(|test| test.took).max().unwrap_or_default();
            let known = built.binaries.iter().find(|known| known.name == binary);
            let mut command = command(known.ok_or("found a test of a binary that is not built any more")?);
            command.arg("--exact").args(tests.iter().map(|test| &test.name)).env("MUTANT", id.to_string());
            match run(&mut command, Duration::from_secs(15) + 3 * slowest)? {
                End::Ok => {}
                End::Failed => return Ok(Outcome::Caught),
                End::TimedOut => return Ok(Outcome::TimedOut),
            }
        }
    }
    Ok(Outcome::Missed)
}
