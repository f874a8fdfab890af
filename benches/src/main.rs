//! `cargo run --release -p periodic-bench`: measures this project beside its peers, and prints and writes the table.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use lexopt::Arg;
use lexopt::prelude::ValueExt as _;
use periodic_bench::measure::{Effort, builds, due};
use periodic_bench::ours::scale;
use periodic_bench::ours::wakeups::{self, Idler};
use periodic_bench::users::once;
use periodic_bench::{gate, page, paths, python};

const USAGE: &str = "\
usage: periodic-bench [table | of GOALS.. | builds | round .. | floor | scale | python | gate] [--quick] [--update]

  table    measures goals A to N but I to K, prints the table, writes docs/performance (the default)
  builds   measures goals I to K, prints the lines that the table reads, writes them into docs/performance
  round    prints one round of a contender under a load; `round` alone prints its arguments
  of       prints the rows of some goals, such as `of A C`
  floor    prints the cost of a handwritten run, guarantee by guarantee
  scale    prints the scheduler's costs from 1 task to a million
  python   prints the cost of oslo.service and futurist, if they can be installed
  gate     compares the instructions of its paths with the record; --update records them
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
        [] | ["table"] => page::whole(effort, !quick),
        ["of", ref goals @ ..] => page::some(effort, goals).map(|rows| println!("{rows}")),
        ["builds"] => builds::measured(effort, !quick).map(|lines| println!("{lines}")),
        ["floor"] => shown(&due::floor(effort)),
        ["scale"] => shown(&scale::curve(effort.million)),
        ["python"] => shown(&python::measured()),
        ["gate"] => gate::run(update),
        // Commands that this program runs itself with.
        ["wakeups", idler] => {
            wakeups::count(idler_of(idler)).map_or(Ok(()), |count| shown(&count.to_string()))
        }
        ["round", ref words @ ..] => once::line(words)
            .map_or(Err(format!("usage: periodic-bench {}", once::USAGE)), |line| shown(&line)),
        ["instructions", path, times] => {
            let count = times.parse().ok().and_then(|times| paths::go(path, times));
            count.map_or(Err(USAGE.into()), |count| shown(&count.to_string()))
        }
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
