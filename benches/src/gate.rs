//! The gate against regressions: instructions of the paths, counted by callgrind and recorded in this package.
//!
//! The number of instructions does not depend on other work of the machine, but on the compiler and the kind of
//! processor. If these differ from the record's, nothing is compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::child;
use crate::machine::compiler;
use crate::paths::{Counted, PATHS, Path};
use crate::rounds::Spread;

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
    for Path { name, .. } in PATHS {
        counts.insert(name.to_owned(), count(name)?);
    }
    if update {
        return Record { compiler, counts }.write();
    }
    recorded.compared(&counts)
}

/// Returns the instructions of one operation of a path.
///
/// # Errors
/// When valgrind is not there, or counts nothing.
pub fn count(path: &str) -> Result<f64, String> {
    let is_process = PATHS.iter().any(|of| of.name == path && of.counted == Counted::Process);
    if !is_process {
        let (instructions, operations) = collected(path, 1, &["--toggle-collect=*paths*counted*"])?;
        return Ok(instructions / operations);
    }
    // Threads that take turns repeat best.
    let pair = |_| -> Result<f64, String> {
        let short = collected(path, 1, &["--fair-sched=yes"])?;
        let long = collected(path, 9, &["--fair-sched=yes"])?;
        Ok((long.0 - short.0) / (long.1 - short.1))
    };
    let pairs: Vec<_> = (0..3).map(pair).collect::<Result<_, _>>()?;
    Ok(Spread::of(pairs).median)
}

/// Returns the collected instructions of a process, and its operations.
fn collected(path: &str, times: u32, options: &[&str]) -> Result<(f64, f64), String> {
    let program = child::this_program()?;
    let mut valgrind = Command::new("valgrind");
    let sums = std::env::temp_dir().join(format!("periodic-bench-{}-{path}", std::process::id()));
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).args(options);
    valgrind.arg(format!("--log-file={}", sums.display())).arg(program.get_program()).args([
        "instructions",
        path,
        &times.to_string(),
    ]);
    let said = child::output(&mut valgrind)?;
    let log = fs::read_to_string(&sums).map_err(|error| format!("{}: {error}", sums.display()))?;
    let _ = fs::remove_file(&sums);
    let operations = said.trim().parse::<f64>();
    let operations = operations.map_err(|_| format!("{path} printed no number of operations: {said}"))?;
    let collected = log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse::<f64>().ok());
    match collected {
        Some(instructions) if instructions > 0.0 => Ok((instructions, operations)),
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
            let margin = PATHS.iter().find(|of| of.name == path).map_or(0.0, |of| of.margin);
            let Some(&recorded) = self.counts.get(path) else {
                worse.push(format!("{path} has no record"));
                continue;
            };
            let change = count / recorded - 1.0;
            println!(
                "{path:<22} {count:>10.1} instructions, recorded {recorded:>10.1}, {:+.1} %",
                change * 100.0
            );
            if change > margin {
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
        assert!(record.compared(&counts(100.9)).is_ok());
        assert!(record.compared(&counts(50.0)).is_ok());
        let error = record.compared(&counts(101.2)).unwrap_err();
        assert!(error.starts_with("mixed_1k takes 1.2 % more instructions than recorded"), "{error}");
        assert!(record.compared(&BTreeMap::from([("new".to_owned(), 1.0)])).is_err());
    }

    #[test]
    fn the_record_holds_all_paths() {
        let record = Record::read().unwrap();
        assert_eq!(record.counts.len(), PATHS.len());
        assert!(PATHS.iter().all(|path| record.counts.contains_key(path.name)));
    }
}
