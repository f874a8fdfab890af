//! The timelines in the docs of `Overlap`, `Missed` and `Dst`: the simulator draws each of them.
//!
//! The texts lie in `periodic-core/docs`. `UPDATE_EXPECT=1` writes them anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use expect_test::expect_file;
use periodic::sim::{ScriptEvent, SimRecord, Simulation, Takes};
use periodic::task::{
    Cron, Dst, DstGap, DstRepeat, Interval, Missed, Outcome, Overlap, SkipReason, Task, TaskName, TaskSpec,
};

/// Columns of a chart; each is a second.
const WIDTH: usize = 58;

const POLL: TaskSpec = TaskSpec::new("poll").every(Interval::from_secs(10)).run_immediately();

fn simulation(spec: TaskSpec) -> Simulation {
    Simulation::default()
        .with(Task::new(TaskName::new("Manager", spec.name).unwrap(), spec))
        .start("2026-03-01T00:00:00Z")
}

/// The axis: the slots of every ten seconds.
fn axis() -> String {
    let slots = (0..WIDTH).step_by(10).map(|second| format!("{second:<10}"));
    format!("{:11}{}", "slots", slots.collect::<String>()).trim_end().to_owned() + "\n"
}

/// Draws the records of two minutes: the runs, then the slots that did not run.
fn chart(label: &str, simulation: Simulation) -> String {
    let mut rows = vec![vec![' '; WIDTH]];
    let mut others: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for record in simulation.run_for("2m").unwrap() {
        let first = column(record.slot.first.at);
        match record.slot.started {
            Some(started) => draw(&mut rows, &record, column(started)),
            None if first < WIDTH => {
                let slots = (first..=column(record.slot.last.at)).step_by(10);
                assert_eq!(slots.clone().count() as u64, record.count());
                others.entry(reason(&record)).or_default().extend(slots);
            }
            None => {}
        }
    }
    let others: Vec<_> = others.iter().map(|(reason, slots)| format!("{} {reason}", listed(slots))).collect();
    let mut text = String::new();
    for (place, row) in rows.iter().enumerate() {
        let row: String = row.iter().collect();
        let (label, others) = if place == 0 { (label, others.join("; ")) } else { ("", String::new()) };
        writeln!(text, "{}", format!("{label:11}{row}  {others}").trim_end()).unwrap();
    }
    text
}

fn listed(slots: &[usize]) -> String {
    slots.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn column(at: periodic::time::Instant) -> usize {
    usize::try_from(at.as_nanos() / 1_000_000_000).unwrap()
}

/// Draws a run into the first row that has room for it.
fn draw(rows: &mut Vec<Vec<char>>, record: &SimRecord, start: usize) {
    if start >= WIDTH {
        return;
    }
    let end = column(record.slot.decided).max(start + 1);
    let free = |row: &Vec<char>| row[start..end.min(WIDTH)].iter().all(|cell| *cell == ' ');
    let place = rows.iter().position(free).unwrap_or(rows.len());
    if place == rows.len() {
        rows.push(vec![' '; WIDTH]);
    }
    let last = if matches!(record.outcome(), Outcome::Cancelled) { 'c' } else { ']' };
    for (second, cell) in rows[place].iter_mut().enumerate().take(end).skip(start) {
        *cell = match second {
            _ if end == start + 1 => 'r',
            _ if second == start => '[',
            _ if second + 1 == end => last,
            _ => '=',
        };
    }
}

fn reason(record: &SimRecord) -> String {
    match record.outcome() {
        Outcome::Coalesced(into) => format!("coalesced into {}", column(into.at)),
        Outcome::Skipped(SkipReason::Overlap) => "skipped: overlap".into(),
        Outcome::Skipped(SkipReason::Missed) => "skipped: missed".into(),
        other => panic!("{other:?}"),
    }
}

fn fenced(text: &str) -> String {
    format!("```text\n{text}```\n")
}

#[test]
fn the_timeline_of_overlap() {
    let rules = [
        ("skip", Overlap::Skip),
        ("queue", Overlap::Queue),
        ("replace", Overlap::Replace),
        ("allow(2)", Overlap::Allow(2)),
    ];
    let charts = rules
        .map(|(label, rule)| chart(label, simulation(POLL.overlap(rule)).task("*", Takes::fixed("14s"))));
    expect_file!["../../periodic-core/docs/overlap.md"].assert_eq(&fenced(&(axis() + &charts.concat())));
}

/// The machine is suspended from 12 to 39; then the runner sleeps on for the 8 s that were left.
#[test]
fn the_timeline_of_missed() {
    let strict = POLL.missed(Missed::Skip).grace(Duration::from_secs(5));
    let rules = [
        ("coalesce", POLL.missed(Missed::Coalesce)),
        ("skip", POLL.missed(Missed::Skip)),
        ("skip, 5s", strict),
        ("all(2)", POLL.missed(Missed::All(2))),
    ];
    let charts = rules.map(|(label, spec)| {
        let script = simulation(spec).task("*", Takes::fixed("1s")).at("12s", ScriptEvent::suspend("27s"));
        chart(label, script)
    });
    let asleep = format!("{:11}{:12}({:34})\n", "no poll", "", "");
    expect_file!["../../periodic-core/docs/missed.md"]
        .assert_eq(&fenced(&(axis() + &asleep + &charts.concat())));
}

#[test]
fn the_timeline_of_dst() {
    let spring = [("first", DstGap::First), ("skip", DstGap::Skip)]
        .map(|(label, gap)| ("spring", "gap", label, "2026-03-29T00:30:00Z", Dst::new().gap(gap)));
    let autumn = [("once", DstRepeat::Once), ("twice", DstRepeat::Twice)]
        .map(|(label, rule)| ("autumn", "overlap", label, "2026-10-24T23:45:00Z", Dst::new().overlap(rule)));
    let mut text = String::from(
        "spring     01:30 … 01:59 | 03:00 … 03:30    02:00 is set to 03:00\n\
         autumn     02:30 … 02:59 | 02:00 … 02:30    03:00 is set back to 02:00\n\n",
    );
    for (season, argument, rule, start, dst) in [spring, autumn].concat() {
        let spec =
            TaskSpec::new("nightly").cron(Cron::parse("30 2 * * *").unwrap().tz("Europe/Berlin").dst(dst));
        let offsets = if season == "spring" { [2, 2] } else { [2, 1] };
        let runs: Vec<_> = simulation(spec)
            .start(start)
            .run_for("3h")
            .unwrap()
            .enumerate()
            .map(|(n, record)| clock(&record, offsets[n]))
            .collect();
        let runs = if runs.is_empty() { "no run".to_owned() } else { runs.join(", ") };
        writeln!(text, "{season}     {:16} {runs}", format!("{argument} = {rule}")).unwrap();
    }
    expect_file!["../../periodic-core/docs/dst.md"].assert_eq(&fenced(&text));
}

/// The reading of Berlin's clocks at the record's slot, `hours` before UTC.
fn clock(record: &SimRecord, hours: i64) -> String {
    let minutes = record.scheduled().as_nanos() / 60_000_000_000 % 1440 + hours * 60;
    format!("{:02}:{:02} (UTC+{hours})", minutes / 60 % 24, minutes % 60)
}
