//! The whole measurement, and its page `docs/performance/table.md`.

use std::fs;
use std::time::Instant;

use crate::child::{build_all, output, repository};
use crate::finding::Finding;
use crate::goals::{BESIDE, GOALS};
use crate::measure::{
    Effort, builds, calendar, children, due, holds, idle, instructions, logged, memory, mixed, real_time,
    users,
};
use crate::ours::scale;
use crate::{chart, machine, python, table};

/// Measures all goals, prints the page, and writes it if `keep`. Measurements that need a processor run one after the
/// other; meanwhile only the wake-ups of idle processes are counted.
///
/// # Errors
/// When the page cannot be written.
pub fn whole(effort: Effort, keep: bool) -> Result<(), String> {
    step("builds", &mut || {
        for mut build in build_all() {
            // One that fails is missed when its program is run.
            let _ = output(&mut build);
        }
    });
    let begun = Instant::now();
    let wakeups = children::begin_wakeups();
    let mut findings = Vec::new();
    let [mut served, mut told, mut held] = [const { String::new() }; 3];
    step("runners and peers", &mut || {
        let (found, lines) = users::findings(effort);
        findings.extend(found);
        served = lines;
    });
    step("with a subscriber", &mut || findings.extend(logged::findings(effort)));
    step("instructions", &mut || findings.push(instructions::finding()));
    step("the lock", &mut || {
        let (found, lines) = holds::findings(&holds::told(effort));
        findings.push(found);
        held = lines;
    });
    step("memory", &mut || {
        let of_memory = memory::told(effort);
        findings.extend(memory::findings(&of_memory));
        told = of_memory.unwrap_or_default();
    });
    step("the sequential pass", &mut || {
        for found in [idle::findings(effort), due::findings(effort), mixed::findings(effort)] {
            findings.extend(found);
        }
    });
    step("lateness", &mut || findings.extend(real_time::findings(effort)));
    step("the precise timer", &mut || findings.push(children::precise(effort)));
    step("calendars and a year", &mut || findings.extend(calendar::findings(effort)));
    let mut wakeups = Some(wakeups);
    step("wake-ups", &mut || findings.extend(wakeups.take().map(children::wakeups).unwrap_or_default()));
    let (of_builds, built) = builds::findings();
    findings.extend(of_builds);
    let [mut floor, mut curve, mut of_python] = [const { String::new() }; 3];
    step("the cost of a run", &mut || floor = due::floor(effort));
    step("the cost curve", &mut || curve = scale::curve(effort.million));
    step("peers in Python", &mut || of_python = python::measured());

    let (rows, measured) = (table::rows(GOALS, &findings), machine::described());
    let [reached, missed, left] = table::counted(&rows);
    let sections = [
        ("Runners and peers", served_section(&served)),
        (
            "The lock of a runner of 100 k tasks",
            format!(
                "The longest hold by each kind of call, and by the runner itself; E is the first.\n\n{held}"
            ),
        ),
        ("Memory", memory::beside(&told)),
        ("The sequential pass and the scheduler", beside_section(&findings)),
        ("The floor of a run, step by step", format!("10 k tasks, all due, in virtual time.\n\n{floor}")),
        (
            "The scheduler from one task to a million",
            format!("Periods of 10 to 1000 ms, virtual time.\n\n{curve}"),
        ),
        ("Peers in Python", of_python),
    ];
    let page = format!(
        "# Performance\n\nWritten by `cargo run --release -p periodic-bench`; medians of {} rounds, with the least and the \
         most. A ratio above 1 means that this project costs more.\n\n![Ratios](chart.svg)\n\nLines reached: {reached}; not \
         reached: {missed}; not measured: {left}. Measured in {:.0} s on `{measured}`.\n\nGoals I to K are measured by \
         another command. {built}\n\n{}{}{}",
        effort.rounds,
        begun.elapsed().as_secs_f64(),
        table::markdown(&rows),
        table::notes(&rows),
        sections.map(|(title, text)| section(title, &text)).concat()
    );
    println!("{page}");
    if !keep {
        return Ok(());
    }
    let docs = repository().join("docs/performance");
    let written = fs::create_dir_all(&docs)
        .and_then(|()| fs::write(docs.join("table.md"), &page))
        .and_then(|()| fs::write(docs.join("chart.svg"), chart::svg(&rows, &measured)));
    written.map_err(|error| format!("the table cannot be written: {error}"))
}

/// Returns the rows of some goals, for work on them.
///
/// # Errors
/// When no goal has that letter.
pub fn some(effort: Effort, letters: &[&str]) -> Result<String, String> {
    let (mut findings, mut text) = (Vec::new(), String::new());
    for letter in letters {
        match *letter {
            "A" | "B" | "D" => {
                let (found, lines) = users::findings(effort);
                findings.extend(found);
                text += &lines;
            }
            "C" => findings.extend(logged::findings(effort)),
            "E" => {
                let (found, lines) = holds::findings(&holds::told(effort));
                findings.push(found);
                text += &lines;
            }
            "F" => findings.extend(memory::findings(&memory::told(effort))),
            "G" | "H" => {
                findings.extend([due::findings(effort), mixed::findings(effort)].concat());
            }
            "I" | "J" | "K" => findings.extend(builds::findings().0),
            "L" | "M" => {
                findings.extend(real_time::findings(effort));
                findings.push(children::precise(effort));
            }
            "N" => findings.extend(calendar::findings(effort)),
            _ => return Err(format!("no goal is called `{letter}`; the goals are A to N")),
        }
    }
    let mut rows = table::rows(GOALS, &findings);
    rows.retain(|(_, finding)| finding.ours.is_some() || finding.note != "not run");
    Ok(format!("{}{}\n{text}", table::markdown(&rows), table::notes(&rows)))
}

fn step(name: &str, work: &mut dyn FnMut()) {
    let begun = Instant::now();
    eprint!("{name} ...");
    work();
    eprintln!(" {:.0} s", begun.elapsed().as_secs_f64());
}

fn section(title: &str, text: &str) -> String {
    format!("\n## {title}\n\n{text}")
}

fn served_section(lines: &str) -> String {
    format!(
        "With the machine's clocks, in one process, round after round. *Mixed*: periods of 10–1000 ms, from 100 k tasks \
         longer in proportion, so that 47 000 runs are due a second (4 700 with 1 k). CPU is that of the whole process; \
         *start* counts from the slot to the task's first line. The *floor by hand* keeps the outcomes, counters and \
         order of this project without its names, rules and controls.\n\n{lines}"
    )
}

fn beside_section(findings: &[Finding]) -> String {
    format!(
        "In virtual time, in the thread of the caller: `PeriodicTasks` and `Scheduler`, not a `Runner`.\n\n{}",
        table::beside(&table::rows(BESIDE, findings))
    )
}
