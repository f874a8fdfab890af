use periodic::sim::{SimRecord, Takes};
use periodic::task::{Jitter, Overlap};

use super::{every, with};

fn shaky() -> periodic::sim::Simulation {
    with([
        every("a", 10).jitter(Jitter::Share(100_000)),
        every("b", 15).overlap(Overlap::Queue),
        every("c", 7),
    ])
    .task("*", Takes::between("1s", "20s").failing(0.1).seed(3))
    .node("node-1")
}

#[test]
fn the_same_script_gives_the_same_timeline() {
    let timeline = || shaky().run_for("2d").unwrap().collect::<Vec<SimRecord>>();
    assert_eq!(timeline(), timeline());
}

#[test]
fn another_task_changes_nothing_for_the_others() {
    let of = |simulation: periodic::sim::Simulation| {
        let records = simulation.run_for("1d").unwrap().filter(|record| record.name().task() != "more");
        records.map(|record| (record.to_string(), record.started, record.ended)).collect::<Vec<_>>()
    };
    let more = shaky().with(super::task(every("more", 3))).task("more", Takes::between("1s", "2s"));
    let (mut without, mut with) = (of(shaky()), of(more));
    without.sort();
    with.sort();
    assert_eq!(without, with);
}

#[test]
fn the_fold_and_the_iterator_see_the_same() {
    let records: Vec<SimRecord> = shaky().run_for("1d").unwrap().collect();
    let counts = shaky().run_for("1d").unwrap().counts().unwrap();
    for (name, counters) in counts.all() {
        let mine = || records.iter().filter(|record| record.name() == name);
        assert_eq!(counters.ok, mine().filter(|record| record.label() == "ok").count() as u64);
        assert_eq!(counters.failed, mine().filter(|record| record.label() == "failed").count() as u64);
        let skipped: u64 = mine().filter(|record| record.started.is_none()).map(SimRecord::count).sum();
        assert_eq!(counters.skipped_in_all(), skipped);
    }
}

/// A hanging task costs no record and no wake-up for each of its slots.
#[test]
fn a_hundred_days_of_a_hanging_task_are_one_record() {
    let simulation = with([every("poll", 1)]).task("poll", Takes::for_ever());
    let mut records: Vec<SimRecord> = simulation.run_for("100d").unwrap().collect();
    let record = records.pop().unwrap();
    assert!(records.is_empty());
    assert_eq!((record.label().as_str(), record.count()), ("skipped: overlap", 8_639_998));
}
