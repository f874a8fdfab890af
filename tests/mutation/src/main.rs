//! Which changes of the code no test notices.
//!
//! `cargo mutants --list --json` says what can be changed, and `.cargo/mutants.toml` where. A build for each mutant takes
//! minutes here, so a sample of them is compiled at once, each behind a switch that `MUTANT=ID` turns on. Each test is run
//! alone once, to find which mutants it reaches; then each mutant is run with the tests that reach it, the quick ones
//! first, until one fails.
//!
//! `cargo run --manifest-path tests/mutation/Cargo.toml -- --sample 700 --seed 1 --minutes 60` writes the report to
//! `target/mutation/report.md`. It goes on where it was stopped; after a change of the code, or of what is drawn, remove
//! `target/mutation`. `--only scheduler/rules.rs` draws of these mutants alone, `--without NAME` leaves out the tests
//! whose names contain it, and what stands after `--` goes to `cargo test` in place of packages, features and targets.

mod build;
mod listed;
mod process;
mod reach;
mod report;
mod rewrite;
mod sites;
mod trial;

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Those of the mutated code.
const FEATURES: &str = "periodic-tasks/conductor,periodic-tasks/sqlite";

/// What was asked for.
pub struct Options {
    /// Parts of names: of which mutants alone some are drawn; all, where there are none.
    only: Vec<String>,
    /// How many of the mutants are drawn, and by which seed.
    sample: usize,
    seed: u64,
    /// After how long no other mutant is begun.
    minutes: u64,
    /// Where the copy of the code, the answers and the report are.
    directory: PathBuf,
    /// The tests that are left out: they start compilers, or other programs for seconds.
    without: Vec<String>,
    /// What goes to `cargo test`: packages, features and targets.
    cargo: Vec<String>,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        only: Vec::new(),
        sample: 700,
        seed: 1,
        minutes: 60,
        directory: PathBuf::from("target/mutation"),
        without: ["compile_fail::", "compute_node::", "fleet::"].map(str::to_owned).to_vec(),
        cargo: ["--workspace", "--features", FEATURES, "--lib", "--test", "*"].map(str::to_owned).to_vec(),
    };
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value =
            || arguments.next().ok_or(format!("found nothing after `{argument}`, expected a value"));
        match argument.as_str() {
            "--only" => options.only.push(value()?),
            "--sample" => options.sample = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--minutes" => options.minutes = value()?.parse()?,
            "--without" => options.without.push(value()?),
            "--" => {
                options.cargo = arguments.collect();
                break;
            }
            _ => return Err(format!("found `{argument}`, which is no option: see the top of main.rs").into()),
        }
    }
    Ok(options)
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let begun = Instant::now();
    let listed = listed::sample(&options)?;
    eprintln!("{} mutants are listed, {} drawn", listed.all, listed.drawn.len());
    let built = build::build(&options, &listed.drawn)?;
    eprintln!("{} mutants are in the build", built.mutants.len());
    let reach = reach::reach(&options, &built)?;
    eprintln!("{} tests were run alone", reach.tests.len());
    let until = begun + Duration::from_secs(60 * options.minutes);
    let outcomes = trial::try_all(&options, &built, &reach, until)?;
    report::write(&options, &listed, &built, &reach, &outcomes)
}
