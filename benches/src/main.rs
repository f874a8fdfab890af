//! `cargo run --release -p periodic-bench`: measures this project beside its peers, and prints and writes the table.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::time::Instant;

use lexopt::Arg;
use lexopt::prelude::ValueExt as _;
use periodic_bench::child::repository;
use periodic_bench::finding::Finding;
use periodic_bench::measure::{Effort, awaited, children, due, idle, memory, mixed, real_time};
use periodic_bench::ours::scale;
use periodic_bench::ours::wakeups::{self, Idler};
use periodic_bench::{chart, gate, machine, python, table};

const USAGE: &str = "\
usage: periodic-bench [table | of GOALS.. | floor | scale | control | python | gate] [--quick] [--update]

  table    measures all, prints the table, writes docs/performance (the default)
  of       prints the rows of some goals: idle, due, mixed, async, memory, lateness
  floor    prints the cost of a handwritten run, guarantee by guarantee
  scale    prints the cost curve from 1 task to a million
  control  prints the time of control calls while a million tasks run
  python   prints the cost of oslo.service and futurist, if they can be installed
  gate     compares the instructions of five paths with the record; --update records them
  --quick  measures less, and writes nothing";

fn main() -> ExitCode {
    let (mut words, mut quick, mut update) = (Vec::new(), false, false);
    let mut arguments = lexopt::Parser::from_env();
    loop {
        match arguments.next() {
            Ok(None) => break,
            Ok(Some(Arg::Long("quick"))) => quick = true,
            Ok(Some(Arg::Long("update"))) => update = true,
            Ok(Some(Arg::Value(word))) if word.to_str().is_some() => {
                words.push(word.string().unwrap_or_default());
            }
            _ => {
                eprintln!("{USAGE}");
                return ExitCode::FAILURE;
            }
        }
    }
    let effort = if quick { Effort::QUICK } else { Effort::FULL };
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        [] | ["table"] => whole_table(effort, quick),
        ["of", ref goals @ ..] => some_rows(effort, goals),
        ["floor"] => shown(&due::floor(effort)),
        ["scale"] => shown(&scale::curve(effort.million)),
        ["control"] => shown(&real_time::control(effort).note),
        ["python"] => shown(&python::measured()),
        ["gate"] => gate::run(update),
        // Commands that this program runs itself with.
        ["wakeups", idler] => {
            wakeups::count(idler_of(idler)).map_or(Ok(()), |count| shown(&count.to_string()))
        }
        ["instructions", path] => gate::go(path).map_or(Err(USAGE.into()), |count| shown(&count.to_string())),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn idler_of(word: &str) -> Idler {
    match word.parse() {
        Ok(secs) => Idler::Sleep(secs),
        Err(_) if word == "wall" => Idler::Wall,
        Err(_) => Idler::Boot,
    }
}

// A `Result`, so that all commands have one type.
#[allow(clippy::unnecessary_wraps)]
fn shown(text: &str) -> Result<(), String> {
    println!("{text}");
    Ok(())
}

/// Measures some goals, for work on them.
fn some_rows(effort: Effort, goals: &[&str]) -> Result<(), String> {
    let mut findings = Vec::new();
    for goal in goals {
        findings.extend(match *goal {
            "idle" => idle::findings(effort),
            "due" => due::findings(effort),
            "mixed" => mixed::findings(effort),
            "async" => awaited::findings(effort),
            "memory" => memory::findings(&memory::told(effort)),
            "lateness" => real_time::findings(effort),
            _ => return Err(format!("no goal is called `{goal}`\n{USAGE}")),
        });
    }
    let mut rows = table::rows(&findings);
    rows.retain(|(_, finding)| finding.ours.is_some());
    shown(&format!("{}{}", table::markdown(&rows), table::notes(&rows)))
}

/// Measures all goals. Measurements that need a processor run one after the other; meanwhile only the wake-ups of idle
/// processes are counted.
fn whole_table(effort: Effort, quick: bool) -> Result<(), String> {
    let begun = Instant::now();
    let wakeups = children::begin_wakeups();
    let mut findings = Vec::new();
    let mut step = |name: &str, found: &mut dyn FnMut() -> Vec<Finding>| {
        let begun = Instant::now();
        eprint!("{name} ...");
        findings.extend(found());
        eprintln!(" {:.0} s", begun.elapsed().as_secs_f64());
    };
    step("nothing due", &mut || idle::findings(effort));
    step("all due", &mut || due::findings(effort));
    step("mixed periods", &mut || mixed::findings(effort));
    step("async", &mut || awaited::findings(effort));
    let mut told = Err("not run".into());
    step("memory", &mut || {
        told = memory::told(effort);
        memory::findings(&told)
    });
    step("lateness", &mut || real_time::findings(effort));
    step("the precise timer", &mut || vec![children::precise(effort)]);
    step("control calls", &mut || vec![real_time::control(effort)]);
    let mut wakeups = Some(wakeups);
    step("wake-ups", &mut || wakeups.take().map(children::wakeups).unwrap_or_default());
    let mut of_macro = String::new();
    step("build costs", &mut || {
        let (findings, lines) = children::costs(effort);
        of_macro = lines;
        findings
    });
    eprintln!("the cost of a run, step by step ...");
    let floor = due::floor(effort);
    eprintln!("the cost curve ...");
    let curve = scale::curve(effort.million);
    eprintln!("peers in Python ...");
    let python = python::measured();

    let rows = table::rows(&findings);
    let measured = machine::described();
    let [reached, missed, left] = table::counted(&rows);
    let summary = format!(
        "Goals reached: {}; missed: {missed}; not measured: {left}. Measured in {:.0} s on `{measured}`.",
        reached,
        begun.elapsed().as_secs_f64()
    );
    let table = format!("{summary}\n\n{}", table::markdown(&rows));
    let notes = table::notes(&rows);
    let beside = told.as_deref().map(memory::beside).unwrap_or_default();
    let all = format!(
        "# Performance\n\nWritten by `cargo run --release -p periodic-bench`; medians, with the least and the most of all \
         rounds.\n\n![Ratios](chart.svg)\n\n{table}{notes}\n## The cost of a run, step by step\n\n10 k tasks, all due, plain and inline.\n\n\
         {floor}\n## From one task to a million\n\nThe scheduler alone, tasks added at \
         run time, periods of 10 to 1000 ms.\n\n{curve}\n## Memory\n\n{beside}\n## The macro\n\n```text\n{}\n```\n\n## Peers in Python\n\n{python}",
        of_macro.trim()
    );
    println!("{all}");
    if quick {
        return Ok(());
    }
    let docs = repository().join("docs/performance");
    let written = std::fs::create_dir_all(&docs)
        .and_then(|()| std::fs::write(docs.join("table.md"), &all))
        .and_then(|()| std::fs::write(docs.join("chart.svg"), chart::svg(&rows, &measured)));
    written.map_err(|error| format!("the table cannot be written: {error}"))
}
