//! The mutants that each test reaches. No other test can notice a mutant.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Options;
use crate::build::{Binary, Built};
use crate::process::{End, run};

/// A test that takes longer is left out.
const LIMIT: Duration = Duration::from_secs(60);

#[derive(Serialize, Deserialize)]
pub struct Reach {
    /// The tests that pass alone, the quickest first.
    pub tests: Vec<Test>,
    /// The tests that do not.
    pub left_out: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Test {
    /// The binary's name, because their order differs in each build.
    pub binary: String,
    pub name: String,
    pub took: Duration,
    pub reaches: BTreeSet<u32>,
}

/// Runs each test alone, unless an earlier call has done so.
pub fn reach(options: &Options, built: &Built) -> Result<Reach, Box<dyn Error>> {
    let file = options.directory.join("reach.json");
    if let Ok(known) = fs::read(&file) {
        return Ok(serde_json::from_slice(&known)?);
    }
    let mut reach = Reach { tests: Vec::new(), left_out: Vec::new() };
    for binary in &built.binaries {
        for name in names(binary)? {
            if options.without.iter().any(|without| name.contains(without)) {
                continue;
            }
            match alone(options, binary, &name)? {
                Some((took, reaches)) => {
                    reach.tests.push(Test { binary: binary.name.clone(), name, took, reaches })
                }
                None => reach.left_out.push(name),
            }
        }
        eprintln!("{}: {} tests so far", binary.name, reach.tests.len());
    }
    reach.tests.sort_by_key(|test| test.took);
    fs::write(file, serde_json::to_vec(&reach)?)?;
    Ok(reach)
}

fn names(binary: &Binary) -> Result<Vec<String>, Box<dyn Error>> {
    let output = command(binary).args(["--list", "--format", "terse"]).output()?;
    let listed = String::from_utf8(output.stdout)?;
    Ok(listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// The duration of a test, and the mutants that it reaches.
type Alone = (Duration, BTreeSet<u32>);

/// Runs one test; `None` if it fails.
fn alone(options: &Options, binary: &Binary, name: &str) -> Result<Option<Alone>, Box<dyn Error>> {
    let reached = options.directory.canonicalize()?.join("reached");
    let _ = fs::remove_file(&reached);
    let begun = Instant::now();
    let end = run(command(binary).args(["--exact", name]).env("MUTANTS_REACHED", &reached), LIMIT)?;
    if end != End::Ok {
        return Ok(None);
    }
    let took = begun.elapsed();
    let ids = fs::read_to_string(&reached).unwrap_or_default();
    Ok(Some((took, ids.lines().filter_map(|id| id.parse().ok()).collect())))
}

static LIBRARIES: LazyLock<String> = LazyLock::new(|| {
    let output = Command::new("rustc").args(["--print", "target-libdir"]).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
});

/// Creates the command of a test binary as cargo would run it.
pub fn command(binary: &Binary) -> Command {
    let mut command = Command::new(&binary.path);
    command.current_dir(&binary.directory).env("CARGO_MANIFEST_DIR", &binary.directory).env("CARGO", "cargo");
    // The tests of a crate of macros are linked to the compiler's libraries.
    command.env("LD_LIBRARY_PATH", &*LIBRARIES);
    command
}
