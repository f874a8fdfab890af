//! Finds changes of the code that no test notices.
//!
//! `cargo mutants --list --json` lists the possible changes, in the files of `.cargo/mutants.toml`. A build for each
//! mutant would take minutes, so a sample of them is compiled together, each with a switch that `MUTANT=ID` turns on.
//! Each test runs alone once, to find the mutants that it reaches. Then each mutant runs with the tests that reach it,
//! the quick ones first, until one fails.
//!
//! `cargo run --manifest-path tests/mutation/Cargo.toml -- --sample 700 --seed 1 --minutes 60` writes the report to
//! `target/mutation/report.md`. It continues where it was stopped; after a change of the code or of the sample, remove
//! `target/mutation`. `--only scheduler/rules.rs` draws from these mutants alone, and `--without NAME` leaves out tests
//! whose names contain it. Arguments after `--` go to `cargo test` instead of packages, features and targets.

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

/// The features of the mutated code.
const FEATURES: &str = "periodic-tasks/conductor,periodic-tasks/sqlite";

/// The options of the command line.
pub struct Options {
    /// Parts of names: the sample is from matching mutants alone; from all, if it is empty.
    only: Vec<String>,
    /// The size of the sample, and its seed.
    sample: usize,
    seed: u64,
    /// The time after which no other mutant begins.
    minutes: u64,
    /// Where the copy of the code, the answers and the report are.
    directory: PathBuf,
    /// The tests to leave out: they start compilers, or other programs for seconds.
    without: Vec<String>,
    /// The arguments of `cargo test`: packages, features and targets.
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
