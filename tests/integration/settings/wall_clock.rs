//! `cron`, `tz` and `dst` in settings: their meaning, their mistakes, and reloads.

use periodic::prelude::*;
use periodic::scheduler::{Scheduler, SchedulerOptions, SlotRecord};
use periodic::settings::{Settings, TaskSettings};
use periodic::table::TaskTable;
use periodic::task::{Cron, Dst, DstGap, DstRepeat, Ended, Interval, Next, ScheduleSpec};
use periodic::time::{Instant, Now, Timestamp};

use super::place::{Place, mistakes, read, read_with};

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(cron = "0 3 * * *", tz = "Europe/Berlin", dst = (overlap = twice))]
    fn archive(&self) {}

    #[periodic_task(spacing = 3600, align)]
    fn poll(&self) {}

    #[periodic_task(spacing = 10, initial_delay = 5)]
    fn delayed(&self) {}
}

fn table(settings: &Settings) -> TaskTable {
    TaskTable::of(&Manager, settings).unwrap()
}

fn cron_of(settings: &Settings, task: usize) -> Cron {
    match table(settings).tasks()[task].spec().schedule {
        ScheduleSpec::Cron(cron) => cron,
        other => panic!("{other}"),
    }
}

fn refused(content: &str, variables: &[(&str, &str)]) -> String {
    let place = Place::new(content);
    let settings = place.source(variables).read().unwrap();
    place.said(&TaskTable::of(&Manager, &settings).unwrap_err())
}

#[test]
fn each_key_is_set_by_itself() {
    let declared = Cron::parse("0 3 * * *").unwrap().tz("Europe/Berlin");
    let twice = Dst::new().overlap(DstRepeat::Twice);
    let in_file = |text: &str| cron_of(&read(text).unwrap(), 0);
    let expression = "30 4 * * MON".parse().unwrap();
    assert_eq!(in_file("tasks.archive.cron = \"30 4 * * MON\""), declared.dst(twice).with(expression));
    assert_eq!(in_file("tasks.archive.tz = \"Asia/Tokyo\""), declared.dst(twice).tz("Asia/Tokyo"));
    for text in ["dst = { gap = \"skip\" }", "dst = \"gap = skip\"", "dst.gap = \"skip\""] {
        let skip = Dst::new().gap(DstGap::Skip);
        assert_eq!(in_file(&format!("[tasks.archive]\n{text}")), declared.dst(skip), "{text}");
    }
}

#[test]
fn the_environment_and_code_say_the_same() {
    let variables = [
        ("PERIODIC_TASKS__MANAGER__ARCHIVE__CRON", "30 4 * * MON"),
        ("PERIODIC_TASKS__ARCHIVE__TZ", "Asia/Tokyo"),
        ("PERIODIC_TASKS__ARCHIVE__DST", "gap = skip, overlap = twice"),
    ];
    let dst = Dst::new().gap(DstGap::Skip).overlap(DstRepeat::Twice);
    let code = TaskSettings::new().cron("30 4 * * MON".parse().unwrap()).tz("Asia/Tokyo").dst(dst);
    let code = Settings::new().task("archive", code);
    let expected = Cron::parse("30 4 * * MON").unwrap().tz("Asia/Tokyo").dst(dst);
    assert_eq!(cron_of(&read_with("", &variables).unwrap(), 0), expected);
    assert_eq!(cron_of(&code, 0), expected);
}

#[test]
fn a_spacing_becomes_a_cron_wherever_its_zone_stands() {
    let expected = Cron::parse("0 3 * * *").unwrap();
    let alone = read("tasks.poll.cron = \"0 3 * * *\"").unwrap();
    assert_eq!(cron_of(&alone, 1), expected);
    let zone_first =
        read("[tasks.\"Manager.p*\"]\ntz = \"Asia/Tokyo\"\n[tasks.poll]\ncron = \"0 3 * * *\"").unwrap();
    assert_eq!(cron_of(&zone_first, 1), expected.tz("Asia/Tokyo"));
}

#[test]
fn what_contradicts_itself_names_its_line() {
    assert_eq!(
        refused("\ntasks.archive.spacing = 5", &[]),
        "compute.toml:2: tasks.archive.spacing: `Manager.archive`: `spacing` contradicts `cron`: a task has one \
         schedule; keep one of them"
    );
    assert_eq!(
        refused("tasks.poll.cron = \"@daily\"", &[("PERIODIC_TASKS__POLL__SPACING", "5")]),
        "PERIODIC_TASKS__POLL__SPACING: `Manager.poll`: `spacing` contradicts `cron`: a task has one schedule; keep \
         one of them"
    );
    assert_eq!(
        refused("[tasks.poll]\ntz = \"Europe/Berlin\"\n", &[]),
        "compute.toml:2: tasks.poll.tz: `Manager.poll`: `tz` is the time zone of a `cron`, and there is none: add one, \
         or remove `tz`"
    );
    assert!(refused("tasks.poll.dst.gap = \"skip\"", &[]).contains("`dst` is about the slots of a `cron`"));
    assert_eq!(
        refused("tasks.delayed.cron = \"0 3 * * *\"", &[]),
        "compute.toml:1: tasks.delayed.cron: `Manager.delayed`: `initial_delay` has no meaning with `cron`: the first \
         slot is the next time on the clock; for one more at the start use `run_immediately`"
    );
}

#[test]
fn a_pattern_with_a_star_leaves_tasks_alone_that_it_does_not_fit() {
    let settings =
        read("[tasks.\"*\"]\nspacing = 5\ntz = \"Asia/Tokyo\"\ndst = { gap = \"skip\" }\n").unwrap();
    let expected = Cron::parse("0 3 * * *").unwrap().tz("Asia/Tokyo").dst(Dst::new().gap(DstGap::Skip));
    assert_eq!(cron_of(&settings, 0), expected);
    for task in [1, 2] {
        let schedule = table(&settings).tasks()[task].spec().schedule;
        assert_eq!(schedule.interval(), Some(Interval::from_secs(5)));
    }
    assert_eq!(
        refused("[tasks.archive]\nspacing = 5\n[tasks.\"*\"]\nspacing = 6", &[]),
        "compute.toml:2: tasks.archive.spacing: `Manager.archive`: `spacing` contradicts `cron`: a task has one \
         schedule; keep one of them"
    );
}

#[test]
fn a_wrong_expression_is_marked() {
    assert_eq!(
        mistakes("[tasks.archive]\ncron = \"0 24 * * *\"\n"),
        "compute.toml:2: tasks.archive.cron: the text `0 24 * * *`: hour: `24` is out of range: write 0 to 23, where 0 \
         is midnight\n    0 24 * * *\n      ^^"
    );
    assert!(mistakes("tasks.archive.cron = \"0 0 30 2 *\"").contains("never"));
    let said = mistakes("tasks.archive.cron = \"CRON_TZ=Asia/Tokyo 0 3 * * *\"");
    assert!(said.contains("leave it out, and write it beside `cron`, as in `tz = \"Asia/Tokyo\"`"), "{said}");
    let said = mistakes("tasks.archive.cron = \"0\u{a0}3 * * *\"");
    assert!(said.contains("U+00A0, a no-break space, is no part of an expression: write a space"), "{said}");
    for (text, expected) in [
        ("cron = 5", "expected an expression in quotes, as in \"0 3 * * *\", found the number 5"),
        ("tz = 2", "expected a zone in quotes, as in \"Europe/Berlin\", found the number 2"),
        (
            "dst = true",
            "expected a table of rules, as in { gap = \"skip\", overlap = \"twice\" }, found true",
        ),
        (
            "dst = \"gap = skp\"",
            "the text `gap = skp`: `skp` is not one of the choices; did you mean `skip`?",
        ),
    ] {
        let said = mistakes(&format!("[tasks.archive]\n{text}"));
        assert!(said.ends_with(expected), "{said}");
    }
}

#[test]
fn each_part_of_the_rules_has_its_own_line() {
    assert_eq!(
        mistakes("[tasks.archive.dst]\ngap = \"skp\"\noverlap = \"twce\"\ngaps = 1\n"),
        "compute.toml:2: tasks.archive.dst.gap: the text `gap = skp`: `skp` is not one of the choices; did \
         you mean `skip`?\n\
         compute.toml:3: tasks.archive.dst.overlap: the text `overlap = twce`: `twce` is not one of the choices; did \
         you mean `twice`?\n\
         compute.toml:4: tasks.archive.dst.gaps: unknown key; did you mean `gap`?"
    );
    for rules in ["gap = 5", "gap = \"skip, overlap = twice\""] {
        let said = mistakes(&format!("tasks.archive.dst = {{ {rules} }}"));
        assert!(said.contains("tasks.archive.dst.gap: expected one word in quotes"), "{said}");
    }
    assert!(mistakes("tasks.archive.dst = {}").contains("dst: the text ``: expected the rules `gap`"));
    assert_eq!(
        read_with("", &[("PERIODIC_TASKS__ARCHIVE__DST", "gap = skp, overlap = twce")]).unwrap_err(),
        "PERIODIC_TASKS__ARCHIVE__DST: `gap = skp, overlap = twce`: `skp` is not one of the choices; did \
         you mean `skip`?; `twce` is not one of the choices; did you mean `twice`?"
    );
}

#[test]
fn a_zone_is_one_that_the_database_has() {
    assert_eq!(
        refused("\n[tasks.archive]\ntz = \"Europe/Belrin\"", &[]),
        "compute.toml:3: tasks.archive.tz: `Manager.archive`: there is no time zone `Europe/Belrin`; did you mean \
         `Europe/Berlin`?"
    );
    for name in ["CET", "EST"] {
        assert_eq!(cron_of(&read(&format!("tasks.archive.tz = \"{name}\"")).unwrap(), 0).zone(), name);
    }
}

/// The compiler's messages about the same names are in `tests/ui/tz_unknown.stderr`.
#[test]
fn a_wrong_zone_is_told_in_the_words_of_the_attribute() {
    let stderr = include_str!("../../ui/tz_unknown.stderr");
    let declared = include_str!("../../ui/tz_unknown.rs");
    let names = declared.lines().filter_map(|line| line.split_once("tz = \"")?.1.split_once('"'));
    let mut compared = 0;
    for (name, _) in names {
        let variables = [("PERIODIC_TASKS__ARCHIVE__TZ", name)];
        let said = refused("", &variables);
        let words = said.strip_prefix("PERIODIC_TASKS__ARCHIVE__TZ: `Manager.archive`: ").expect(&said);
        assert!(stderr.contains(&format!("error: {words}\n")), "{words}");
        compared += 1;
    }
    assert!(compared >= 9, "{compared}");
    let said = |name: &str| refused("", &[("PERIODIC_TASKS__ARCHIVE__TZ", name)]);
    assert!(said("PST").ends_with("as in `America/Los_Angeles`"), "{}", said("PST"));
    assert!(said("cest").ends_with("as in `Europe/Berlin`"), "{}", said("cest"));
}

/// A scheduler of one manager, whose wall clock shows the given time.
struct Service {
    scheduler: Scheduler,
    now: Now,
}

impl Service {
    fn started(settings: &Settings, wall: &str) -> Self {
        let now = Now { boot: Instant::from_secs(1_000), wall: time(wall) };
        Self { scheduler: Scheduler::new(table(settings), SchedulerOptions::default(), now), now }
    }

    fn reload(&mut self, settings: &Settings) -> Vec<String> {
        let changes = self.scheduler.reconfigure(table(settings), self.now).unwrap();
        changes.iter().map(ToString::to_string).collect()
    }

    /// Both clocks go on until the wall clock shows this; each slot that was run on the way.
    fn until(&mut self, wall: &str, task: &str) -> Vec<String> {
        let end = time(wall);
        let mut ran = Vec::new();
        while self.now.wall < end {
            let left = end.as_nanos() - self.now.wall.as_nanos();
            let left = std::time::Duration::from_nanos(left.unsigned_abs());
            let wake = self.scheduler.poll(self.now).wake_at;
            while let Some(run) = self.scheduler.start_next(self.now) {
                self.scheduler.finished(run.id, Ended::Ok(Next::OnSchedule), self.now);
            }
            let records = std::iter::from_fn(|| self.scheduler.take_record());
            let ours = records.filter(|record: &SlotRecord| record.name().task() == task);
            ran.extend(ours.map(|record| record.first.scheduled.to_string()));
            self.now = self.now.after((wake - self.now.boot).min(left));
        }
        ran
    }

    fn next(&self, task: &str) -> String {
        self.scheduler.status_of(task, self.now).unwrap().next.unwrap().scheduled.to_string()
    }
}

fn time(text: &str) -> Timestamp {
    let time: jiff::Timestamp = text.parse().unwrap();
    Timestamp::from_secs(time.as_second())
}

fn file(text: &str) -> Settings {
    read(text).unwrap()
}

#[test]
fn a_reload_goes_on_by_the_new_expression() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T00:00:00Z");
    assert_eq!(service.until("2026-01-01T12:00:00Z", "archive"), ["2026-01-01T02:00:00Z"]);
    assert_eq!(
        service.reload(&file("tasks.archive.cron = \"0 4,14 * * *\"")),
        ["`Manager.archive`: cron 0 3 * * * -> 0 4,14 * * *"]
    );
    assert_eq!(service.next("archive"), "2026-01-01T13:00:00Z");
    assert_eq!(
        service.reload(&file("[tasks.archive]\ncron = \"0 4,14 * * *\"\ntz = \"UTC\"\ndst.gap = \"skip\"")),
        [
            "`Manager.archive`: tz Europe/Berlin -> UTC",
            "`Manager.archive`: dst gap = first, overlap = twice -> gap = skip, overlap = once"
        ]
    );
    assert_eq!(service.next("archive"), "2026-01-01T14:00:00Z");
    assert_eq!(service.reload(&Settings::new()).len(), 3, "back to what is declared");
    assert_eq!(service.next("archive"), "2026-01-02T02:00:00Z");
}

#[test]
fn a_reload_begins_now_whatever_was_decided_before() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T00:00:00Z");
    assert_eq!(service.until("2026-01-01T02:30:00Z", "archive").len(), 1);
    // The clock is set back before the slot that was decided.
    service.now.wall = time("2026-01-01T01:30:00Z");
    assert_eq!(service.next("archive"), "2026-01-02T02:00:00Z");
    service.reload(&file("tasks.archive.cron = \"*/30 3 * * *\""));
    assert_eq!(service.until("2026-01-01T02:30:00Z", "archive"), ["2026-01-01T02:00:00Z"]);
    // At the very moment of a slot.
    service.reload(&file("tasks.archive.cron = \"30 3 * * *\""));
    assert_eq!(service.until("2026-01-01T02:31:00Z", "archive"), ["2026-01-01T02:30:00Z"]);
}

#[test]
fn a_slot_that_was_decided_at_the_very_moment_of_a_reload_does_not_come_twice() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T01:59:00Z");
    assert_eq!(service.until("2026-01-01T02:00:00Z", "archive"), [""; 0]);
    let _ = service.scheduler.poll(service.now);
    service.reload(&file("tasks.archive.cron = \"*/30 3 * * *\""));
    assert_eq!(service.next("archive"), "2026-01-01T02:30:00Z");
}

/// A clock that is years ahead, and right just before the settings are read again.
#[test]
fn a_reload_does_not_wait_for_a_clock_that_was_wrong() {
    let mut service = Service::started(&Settings::new(), "2036-01-01T00:00:00Z");
    assert_eq!(service.until("2036-01-01T02:30:00Z", "archive").len(), 1);
    service.now.wall = time("2026-01-01T02:30:00Z");
    service.reload(&file("tasks.archive.cron = \"0 4 * * *\""));
    assert_eq!(service.next("archive"), "2026-01-01T03:00:00Z");
    assert_eq!(service.until("2026-01-01T03:30:00Z", "archive"), ["2026-01-01T03:00:00Z"]);
}

#[test]
fn a_reload_makes_a_cron_of_a_spacing_and_back() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T00:10:00Z");
    assert_eq!(service.until("2026-01-01T01:10:00Z", "poll"), ["2026-01-01T01:00:00Z"]);
    assert_eq!(
        service.reload(&file("tasks.poll.cron = \"20 * * * *\"")),
        [
            "`Manager.poll`: spacing 1h -> none",
            "`Manager.poll`: cron none -> 20 * * * *",
            "`Manager.poll`: tz none -> UTC",
            "`Manager.poll`: dst none -> gap = first, overlap = once"
        ]
    );
    assert_eq!(service.until("2026-01-01T01:30:00Z", "poll"), ["2026-01-01T01:20:00Z"]);
    assert_eq!(service.reload(&Settings::new()).len(), 4);
    assert_eq!(
        service.until("2026-01-01T03:30:00Z", "poll"),
        ["2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"]
    );
}

#[test]
fn other_keys_leave_a_cron_task_on_its_schedule() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T00:00:00Z");
    assert_eq!(service.reload(&file("tasks.archive.grace = 5")), ["`Manager.archive`: grace none -> 5s"]);
    assert_eq!(service.next("archive"), "2026-01-01T02:00:00Z");
    assert_eq!(service.reload(&file("tasks.archive.enabled = false")).len(), 2);
    let moved = file("tasks.archive.cron = \"0 5 * * *\"");
    assert_eq!(service.reload(&moved).len(), 2);
    assert_eq!(service.next("archive"), "2026-01-01T04:00:00Z");
}

#[test]
fn what_was_spaced_by_hand_gives_way_to_a_cron() {
    let mut service = Service::started(&Settings::new(), "2026-01-01T00:10:00Z");
    service.scheduler.set_spacing("poll", Interval::from_secs(60), service.now).unwrap();
    service.reload(&file("tasks.poll.cron = \"20 * * * *\""));
    assert_eq!(service.next("poll"), "2026-01-01T00:20:00Z");
}
