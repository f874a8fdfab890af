//! Whatever happens to a cron task, each of its slots is decided once: the records' counts are the calendar's.

use std::time::Duration;

use periodic::scheduler::{RunId, Scheduler, SchedulerOptions, SlotRecord};
use periodic::task::{
    Cron, Ended, Jitter, Missed, Next, Overlap, RetrySpec, SlotKind, Task, TaskError, TaskName, TaskSpec,
};
use periodic::time::{Instant, Now, Timestamp};

use super::any_expression::Draw;
use super::time;

const EXPRESSIONS: [&str; 8] = [
    "*/20 * * * *",
    "30 2 * * *",
    "5,35 1-3 * * *",
    "0,1 */3 * * *",
    "H H(0-4) * * *",
    "0 0 2 * * *",
    "59 59 1,2 * * SUN",
    "0 12 L * *",
];

/// Three hours.
const CORRECTION: i64 = 3 * 3_600 * 1_000_000_000;

struct World {
    scheduler: Scheduler,
    now: Now,
    going: Vec<RunId>,
    records: Vec<SlotRecord>,
    /// The seed that repeats the story.
    told: String,
}

impl World {
    /// Looks, ends the runs that may end, starts the ready runs.
    fn act(&mut self, draw: &mut Draw) {
        let now = self.now;
        let ends = usize::try_from(draw.number(0, 2)).unwrap().min(self.going.len());
        for run in self.going.drain(..ends).collect::<Vec<_>>() {
            let ended = match draw.number(0, 9) {
                0..5 => Ended::Ok(Next::OnSchedule),
                5 => Ended::Ok(Next::After(Duration::from_secs(draw.number(1, 5_000).unsigned_abs()))),
                6 => Ended::Panicked(TaskError::new("dropped the plate")),
                _ => Ended::Failed(TaskError::new("no luck")),
            };
            self.scheduler.finished(run, ended, now);
        }
        match draw.number(0, 40) {
            0 => self.scheduler.pause("work", now).unwrap(),
            1..4 => self.scheduler.resume("work", now).unwrap(),
            4 => drop(self.scheduler.trigger("work", now).unwrap()),
            _ => {}
        }
        let _ = self.scheduler.poll(now);
        while let Some(run) = self.scheduler.start_next(now) {
            let next = self.scheduler.status_of("work", now).unwrap().next.map(|slot| slot.at);
            assert!(
                run.attempt == 1 || next.is_none_or(|next| now.boot < next),
                "{}: a retry at a slot",
                self.told
            );
            self.going.push(run.id);
        }
        self.records.extend(std::iter::from_fn(|| self.scheduler.take_record()));
    }

    fn go_on(&mut self, draw: &mut Draw) {
        let wake = self.scheduler.driver().wake_at(self.now);
        let step = match draw.number(0, 9) {
            0 => Duration::from_secs(draw.number(0, 200_000).unsigned_abs()),
            1..4 => Duration::from_secs(draw.number(0, 5_000).unsigned_abs()),
            _ => wake - self.now.boot,
        };
        self.now = self.now.after(step);
    }
}

fn any_spec(draw: &mut Draw) -> TaskSpec {
    let cron = Cron::parse(draw.of::<&'static str>(&EXPRESSIONS)).unwrap();
    let cron = cron.tz(draw.of::<&'static str>(&[
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "UTC",
    ]));
    let mut spec = TaskSpec::new("work").cron(cron);
    let overlaps = [Overlap::Skip, Overlap::Queue, Overlap::Replace, Overlap::Allow(2)];
    spec = spec.overlap(*draw.of(&overlaps));
    spec = spec.missed(*draw.of(&[Missed::Coalesce, Missed::Skip, Missed::All(1), Missed::All(3)]));
    if draw.chance(30) {
        spec = spec.grace(Duration::from_secs(draw.number(0, 10_000).unsigned_abs()));
    }
    spec = match draw.number(0, 3) {
        0 => spec.jitter(Jitter::Share(u32::try_from(draw.number(1, 1_000_000)).unwrap())),
        1 => spec.jitter(Jitter::UpTo(Duration::from_secs(draw.number(1, 90_000).unsigned_abs()))),
        _ => spec,
    };
    if draw.chance(50) {
        let attempts = u32::try_from(draw.number(2, 5)).unwrap().try_into().unwrap();
        let first = Duration::from_secs(draw.number(1, 3_000).unsigned_abs());
        spec =
            spec.retry(RetrySpec::new(attempts).doubling(first).ceiling(first.max(Duration::from_secs(30))));
    }
    if draw.chance(30) {
        spec = spec.run_immediately();
    }
    spec
}

fn story(seed: u64, jumps: bool) -> u64 {
    let draw = &mut Draw(seed);
    let spec = any_spec(draw);
    let wall = draw.of(&[
        "2026-03-06T05:00:00Z",
        "2026-03-28T00:00:00Z",
        "2026-10-23T00:00:00Z",
        "2026-10-31T01:00:00Z",
    ]);
    let start = Now { boot: Instant::from_secs(1_000_000), wall: time(wall) };
    let task = Task::new(TaskName::new("Manager", "work").unwrap(), spec);
    let calendar = task.calendar("node-1").unwrap();
    let mut scheduler = Scheduler::empty(SchedulerOptions::default().node("node-1"), start);
    scheduler.add(task, start).unwrap();
    let told = format!("seed {seed}: {spec:?} from {wall}");
    let mut world = World { scheduler, now: start, going: Vec::new(), records: Vec::new(), told };
    let mut latest = start.wall;
    for _ in 0..120 {
        world.act(draw);
        world.go_on(draw);
        latest = latest.max(world.now.wall);
        if jumps && draw.chance(5) {
            let by = draw.number(-100_000, 100_000);
            let wall = Timestamp::from_nanos(world.now.wall.as_nanos() + by * 1_000_000_000);
            // Further back it is a correction, after which all of it comes again.
            world.now.wall = wall.max(Timestamp::from_nanos(latest.as_nanos() - CORRECTION));
        }
    }
    // All active runs end, and a stop decides the rest.
    world.scheduler.stop(world.now);
    for run in std::mem::take(&mut world.going) {
        world.scheduler.finished(run, Ended::Ok(Next::OnSchedule), world.now);
    }
    world.records.extend(std::iter::from_fn(|| world.scheduler.take_record()));

    let told = &world.told;
    let mut ranges: Vec<(Timestamp, Timestamp, u64)> = Vec::new();
    for record in &world.records {
        let (mut first, mut last, mut count) = (record.first, record.last, record.count);
        // A slot beside the schedule may begin a record of several, or end it.
        if first.kind != SlotKind::Scheduled {
            count -= 1;
            if count == 0 {
                continue;
            }
            first.scheduled = calendar.next_after(first.scheduled).unwrap();
        }
        if last.kind != SlotKind::Scheduled {
            count -= 1;
            last.scheduled = calendar.prev_before(last.scheduled).unwrap();
        }
        if jumps && (record.first.kind != SlotKind::Scheduled || record.last.kind != SlotKind::Scheduled) {
            continue;
        }
        for slot in [first.scheduled, last.scheduled] {
            let before = Timestamp::from_nanos(slot.as_nanos() - 1);
            assert_eq!(calendar.next_after(before), Some(slot), "{told}: no slot: {record:?}");
        }
        let end = Timestamp::from_nanos(last.scheduled.as_nanos() + 1);
        let all = calendar.count_between(first.scheduled, end);
        if jumps && all > count {
            // Slots in between were decided before.
            ranges
                .extend([(first.scheduled, first.scheduled, 1), (last.scheduled, last.scheduled, count - 1)]);
            continue;
        }
        assert_eq!(all, count, "{told}: {record:?}");
        ranges.push((first.scheduled, last.scheduled, count));
    }
    ranges.sort_unstable();
    for pair in ranges.windows(2) {
        assert!(pair[0].1 < pair[1].0, "{told}: decided twice: {pair:?}");
    }
    let decided: u64 = ranges.iter().map(|(.., count)| count).sum();
    if !jumps {
        let after = Timestamp::from_nanos(start.wall.as_nanos() + 1);
        let expected = calendar.count_between(after, world.now.wall);
        // The last slot may wait for its jitter still.
        let waits = u64::from(spec.jitter != Jitter::None);
        assert!(
            (expected - waits.min(expected)..=expected).contains(&decided),
            "{told}: {decided} of {expected}"
        );
    }
    decided
}

#[test]
fn each_slot_is_decided_once() {
    let decided: u64 = (0..400).map(|seed| story(seed, false)).sum();
    assert!(decided > 10_000, "{decided}");
}

#[test]
fn no_slot_is_decided_twice_although_clocks_are_set() {
    let decided: u64 = (0..400).map(|seed| story(seed, true)).sum();
    assert!(decided > 10_000, "{decided}");
}
