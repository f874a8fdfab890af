//! The gate against regressions: instructions of five paths, counted by callgrind and recorded in this package.
//!
//! The number of instructions does not depend on other work of the machine, but on the compiler and the kind of
//! processor. If these differ from the record's, nothing is compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::child;
use crate::machine::compiler;
use crate::measure::{SECOND, TEN_K};
use crate::ours::devices::{Plain, idle_runner};
use crate::ours::idle::Idle;
use crate::ours::passes::Passes;
use crate::ours::spawned::SpawnedRuns;
use crate::ours::stepped::Stepped;
use crate::peers::paused;

/// The allowed increase over the record.
const MARGIN: f64 = 0.05;

/// The paths, by the name of their records.
pub const PATHS: [&str; 5] =
    ["idle_poll_10k", "due_sync_10k", "mixed_1k", "spawned_1k", "pause_and_resume_10k"];

/// Prepares a path, and runs it under callgrind; returns the number of operations.
///
/// Called in a process of its own, under callgrind.
pub fn go(path: &str) -> Option<u64> {
    let step = Duration::from_millis(10);
    Some(match path {
        "idle_poll_10k" => {
            let mut idle = Idle::of(TEN_K);
            counted(&mut || idle.polls(10_000))
        }
        "due_sync_10k" => {
            let mut passes = Passes::<Vec<Plain>>::of(TEN_K);
            passes.steps(2, SECOND);
            counted(&mut || passes.steps(2, SECOND))
        }
        "mixed_1k" => {
            let mut passes = Passes::mixed(1_000);
            passes.steps(200, step);
            counted(&mut || passes.steps(200, step))
        }
        "spawned_1k" => {
            let mut spawned = SpawnedRuns::without_clocks(1_000);
            spawned.seconds(2);
            counted(&mut || spawned.seconds(5))
        }
        "pause_and_resume_10k" => {
            let runtime = paused();
            let _inside = runtime.enter();
            let runner = idle_runner(TEN_K, Stepped::default());
            let handle = runner.handle();
            runtime.spawn(runner.run_until(std::future::pending()));
            // The runner must sleep by now, so that each call checks whether to wake it.
            runtime.block_on(tokio::task::yield_now());
            let names: Vec<_> = (0..TEN_K).step_by(10).map(|task| format!("{task}.poll")).collect();
            counted(&mut || {
                for name in &names {
                    for done in [handle.pause(name), handle.resume(name)] {
                        done.unwrap_or_else(|error| panic!("a control call: {error}"));
                    }
                }
                names.len() as u64
            })
        }
        _ => return None,
    })
}

/// The function that callgrind counts, by its name.
#[inline(never)]
fn counted(work: &mut dyn FnMut() -> u64) -> u64 {
    std::hint::black_box(work())
}

/// Counts all paths, and compares them with the record, or records them.
///
/// # Errors
/// When a path takes more than the record allows, or cannot be counted.
pub fn run(update: bool) -> Result<(), String> {
    if let Err(error) = child::output(Command::new("valgrind").arg("--version")) {
        eprintln!("NOT CHECKED: instructions are counted by valgrind, and {error}");
        return if update { Err("there is nothing to record".into()) } else { Ok(()) };
    }
    let compiler = compiler();
    let recorded =
        if update { Record { compiler: String::new(), counts: BTreeMap::new() } } else { Record::read()? };
    if !update && recorded.compiler != compiler {
        eprintln!("NOT CHECKED: recorded with {}, this is {compiler}", recorded.compiler);
        return Ok(());
    }
    let mut counts = BTreeMap::new();
    for path in PATHS {
        counts.insert(path.to_owned(), count(path)?);
    }
    if update {
        return Record { compiler, counts }.write();
    }
    recorded.compared(&counts)
}

/// Returns the instructions of one operation of a path.
fn count(path: &str) -> Result<f64, String> {
    let program = child::this_program()?;
    let mut valgrind = Command::new("valgrind");
    let sums = std::env::temp_dir().join(format!("periodic-bench-{}-{path}", std::process::id()));
    valgrind.args(["--tool=callgrind", "--toggle-collect=*gate*counted*", "--callgrind-out-file=/dev/null"]);
    valgrind
        .arg(format!("--log-file={}", sums.display()))
        .arg(program.get_program())
        .args(["instructions", path]);
    let said = child::output(&mut valgrind)?;
    let log = fs::read_to_string(&sums).map_err(|error| format!("{}: {error}", sums.display()))?;
    let _ = fs::remove_file(&sums);
    let operations = said.trim().parse::<f64>();
    let operations = operations.map_err(|_| format!("{path} printed no number of operations: {said}"))?;
    let collected = log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse::<f64>().ok());
    match collected {
        Some(instructions) if instructions > 0.0 => Ok(instructions / operations),
        _ => Err(format!("callgrind counted nothing of {path}; is `counted` a symbol of this program?")),
    }
}

struct Record {
    compiler: String,
    counts: BTreeMap<String, f64>,
}

impl Record {
    fn path() -> PathBuf {
        child::package().join("instructions.toml")
    }

    fn read() -> Result<Self, String> {
        let text = fs::read_to_string(Self::path());
        let text = text.map_err(|error| format!("{}: {error}", Self::path().display()))?;
        let lines = || text.lines().filter_map(|line| line.split_once(" = "));
        let compiler =
            lines().find(|(key, _)| *key == "compiler").map_or("", |(_, value)| value.trim_matches('"'));
        let compiler = compiler.to_owned();
        let counts =
            lines().filter_map(|(path, count)| Some((path.to_owned(), count.parse().ok()?))).collect();
        Ok(Self { compiler, counts })
    }

    fn write(&self) -> Result<(), String> {
        let mut text = format!(
            "# Instructions of one operation of each path: `cargo run --release -p periodic-bench -- gate --update`.\n\
             compiler = \"{}\"\n\n[paths]\n",
            self.compiler
        );
        for (path, count) in &self.counts {
            let _ = writeln!(text, "{path} = {count:.1}");
            println!("{path:<22} {count:>10.1} recorded");
        }
        fs::write(Self::path(), text).map_err(|error| format!("{}: {error}", Self::path().display()))
    }

    fn compared(&self, counts: &BTreeMap<String, f64>) -> Result<(), String> {
        let mut worse = Vec::new();
        for (path, &count) in counts {
            let Some(&recorded) = self.counts.get(path) else {
                worse.push(format!("{path} has no record"));
                continue;
            };
            let change = count / recorded - 1.0;
            println!(
                "{path:<22} {count:>10.1} instructions, recorded {recorded:>10.1}, {:+.1} %",
                change * 100.0
            );
            if change > MARGIN {
                worse.push(format!("{path} takes {:.1} % more instructions than recorded", change * 100.0));
            }
        }
        if worse.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{}; if that is intended, record it with `cargo run --release -p periodic-bench -- gate --update`",
            worse.join("; ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(count: f64) -> BTreeMap<String, f64> {
        BTreeMap::from([("mixed_1k".to_owned(), count)])
    }

    #[test]
    fn more_than_the_margin_is_refused_and_less_is_not() {
        let record = Record { compiler: String::new(), counts: counts(100.0) };
        assert!(record.compared(&counts(104.9)).is_ok());
        assert!(record.compared(&counts(50.0)).is_ok());
        let error = record.compared(&counts(105.2)).unwrap_err();
        assert!(error.starts_with("mixed_1k takes 5.2 % more instructions than recorded"), "{error}");
        assert!(record.compared(&BTreeMap::from([("new".to_owned(), 1.0)])).is_err());
    }

    #[test]
    fn the_record_holds_all_paths() {
        let record = Record::read().unwrap();
        assert_eq!(record.counts.len(), PATHS.len());
        assert!(PATHS.iter().all(|path| record.counts.contains_key(*path)));
    }
}
