//! Extra polls, and looks at `status`, change nothing where the requested polls happen.

use std::collections::VecDeque;

use periodic::scheduler::{RunId, Scheduler};

use super::ledger;
use super::moment::tick;
use super::rehearsal::{START, declare};
use super::script::{End, Script};

/// How long each play goes on: several times the longest time to the next poll.
const HORIZON: i64 = 500;

pub(super) fn check(script: &Script, gaps: &[i64]) {
    let quiet = play(script, &mut VecDeque::new());
    let times = gaps.iter().scan(START.boot, |time, gap| {
        *time += gap;
        Some(*time)
    });
    let disturbed = play(script, &mut times.collect());
    assert_eq!(quiet, disturbed);
}

/// Polls exactly when asked to, whenever a run has ended, and at the extra times.
fn play(script: &Script, extra: &mut VecDeque<i64>) -> Vec<String> {
    let mut scheduler = declare(script);
    let mut courses = script.runs.iter().cycle();
    let mut going: Vec<(i64, RunId, End)> = Vec::new();
    let mut moment = START;
    loop {
        let mut wake_at = tick(scheduler.poll(moment.now()).wake_at.as_nanos());
        while let Some(run) = scheduler.take_replaced() {
            going
                .iter_mut()
                .filter(|(_, id, _)| *id == run)
                .for_each(|one| one.0 = one.0.min(moment.boot + 1));
        }
        while let Some(start) = scheduler.start_next(moment.now()) {
            let course = courses.next().unwrap();
            going.push((moment.boot + course.lasts, start.id, course.end));
            wake_at = tick(scheduler.driver().wake_at(moment.now()).as_nanos());
        }
        assert!(
            wake_at > moment.boot,
            "asks at {} for a poll at {wake_at}: that would go on for ever",
            moment.boot
        );
        let ended = going.iter().map(|(at, ..)| *at).min().unwrap_or(i64::MAX);
        // The end comes first: a run that ends at a slot's instant has ended.
        let next = wake_at.min(ended).min(extra.front().copied().unwrap_or(i64::MAX));
        if next > START.boot + HORIZON {
            scheduler.stop(START.at(START.boot + HORIZON).now());
            return lines(&mut scheduler);
        }
        moment = START.at(next);
        while let Some(place) = going.iter().position(|(at, ..)| *at <= next) {
            let (_, run, end) = going.remove(place);
            scheduler.finished(run, end.ended(), moment.now());
        }
        if extra.pop_front_if(|time| *time <= next).is_some() {
            let _ = scheduler.status(moment.now());
        }
    }
}

fn lines(scheduler: &mut Scheduler) -> Vec<String> {
    let records = core::iter::from_fn(|| scheduler.take_record());
    let mut lines: Vec<String> = records.flat_map(|record| ledger::of_record(&record)).collect();
    lines.sort();
    lines
}
