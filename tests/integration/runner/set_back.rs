//! A running service whose wall clock is set back, and its log.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::pass::{PeriodicTasks, RaiseOnError, run_periodic_tasks_in_parallel};
use periodic::settings::TaskSettings;
use periodic::task::{Cron, Expression, Interval, TaskSpec, Window};
use periodic::time::{ManualClock, Timestamp};
use periodic::{Runner, Settings};
use periodic_test_support::LogCapture;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use super::stage::every;
use super::wall_clock::{settable, stage_at};
use crate::cron::Rows;

const HOUR: i64 = 3_600;
/// 2026-03-01T15:00:00Z.
const THREE: i64 = 1_772_377_200;

fn cron(name: &'static str, text: &'static str) -> TaskSpec {
    TaskSpec::new(name).cron(Cron::parse(text).unwrap())
}

fn expression(text: &'static str) -> Expression {
    Expression::parse(text).unwrap()
}

/// Where windows start and end, in seconds.
fn seconds(window: Window) -> (Option<i64>, i64) {
    let seconds = |time: Timestamp| time.as_nanos() / 1_000_000_000;
    (window.start.map(seconds), seconds(window.end))
}

#[tokio::test(start_paused = true)]
async fn a_window_is_as_long_as_it_really_was() {
    let (stage, ahead) = stage_at(THREE).await;
    let windows: Arc<Mutex<Vec<_>>> = Arc::default();
    let noted = Arc::clone(&windows);
    stage.task(every("cover", 2), move |run| {
        noted.lock().unwrap().push(seconds(run.window()));
        std::future::ready(())
    });
    stage.until(5).await;
    ahead.fetch_sub(HOUR, Ordering::SeqCst);
    stage.until(13).await;
    let late = THREE - HOUR;
    let expected = [
        (None, THREE + 2),
        (Some(THREE + 2), THREE + 4),
        (Some(late + 4), late + 6),
        (Some(late + 6), late + 8),
        (Some(late + 8), late + 10),
        (Some(late + 10), late + 12),
    ];
    assert_eq!(*windows.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_window_reaches_over_all_that_failed_meanwhile() {
    let (stage, ahead) = stage_at(THREE).await;
    let windows: Arc<Mutex<Vec<_>>> = Arc::default();
    let noted = Arc::clone(&windows);
    stage.task(every("cover", 10), move |run| {
        noted.lock().unwrap().push(seconds(run.window()));
        let at = run.slot().at.as_nanos() / 1_000_000_000;
        std::future::ready(if (20..50).contains(&at) { Err("no luck") } else { Ok(()) })
    });
    for (second, step) in [(15, -HOUR), (25, 2 * HOUR), (35, -3 * HOUR)] {
        stage.until(second).await;
        ahead.fetch_add(step, Ordering::SeqCst);
    }
    stage.until(65).await;
    let [late, early] = [THREE - 2 * HOUR, THREE + HOUR];
    let expected = [
        (None, THREE + 10),
        (Some(THREE - HOUR + 10), THREE - HOUR + 20),
        // It is ahead of where it was, so nothing was shown twice.
        (Some(THREE + 10), early + 30),
        (Some(late + 10), late + 40),
        (Some(late + 10), late + 50),
        (Some(late + 50), late + 60),
    ];
    assert_eq!(*windows.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn status_tells_at_once_when_a_task_goes_on() {
    let (stage, ahead) = stage_at(THREE + 10 * 8_766 * HOUR).await;
    stage.lasting(cron("work", "0 * * * *"), 1);
    stage.until(5).await;
    ahead.fetch_sub(10 * 8_766 * HOUR, Ordering::SeqCst);
    let next = stage.status("work").next.unwrap();
    assert_eq!(
        next.scheduled.to_string(),
        "2026-03-01T15:00:00Z",
        "it may have been set when it was read last"
    );
    stage.until(3_700).await;
    assert_eq!(stage.starts("work").last(), Some(&3_600));
}

/// The lines about set clocks of a runner of these tasks. Each step is a time and a length, in seconds.
async fn said(tasks: Vec<TaskSpec>, start: i64, steps: &[(u64, i64)], until: u64) -> Vec<String> {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (clock, ahead) = settable(start);
    let runner = Runner::builder(Rows(tasks)).clock(clock).build().unwrap();
    let script = async {
        let begun = tokio::time::Instant::now();
        tracing::callsite::rebuild_interest_cache();
        for &(second, step) in steps {
            tokio::time::sleep_until(begun + Duration::from_secs(second)).await;
            ahead.fetch_add(step, Ordering::SeqCst);
        }
        tokio::time::sleep_until(begun + Duration::from_secs(until)).await;
    };
    let _ = runner.run_until(script).await;
    said.containing("was set back")
}

#[tokio::test(start_paused = true)]
async fn one_line_tells_by_how_much_and_when_each_task_goes_on() {
    let tasks = vec![cron("often", "*/10 * * * *"), cron("daily", "0 2 * * *"), every("poll", 10)];
    assert_eq!(
        said(tasks.clone(), THREE, &[(7_300, -HOUR / 2)], 7_400).await,
        ["WARN message=the wall clock was set back; decided slots are not repeated by=30m \
          clock=2026-03-01T16:31:40Z tasks=2 \
          go_on=\"Manager.daily at 2026-03-02T02:00:00Z, Manager.often at 2026-03-01T17:10:00Z\""]
    );
    assert_eq!(
        said(tasks, THREE, &[(7_300, -4 * HOUR)], 7_400).await,
        [
            "WARN message=the wall clock was set back by more than three hours; its schedules start anew by=4h \
          clock=2026-03-01T13:01:40Z tasks=2 \
          go_on=\"Manager.daily at 2026-03-02T02:00:00Z, Manager.often at 2026-03-01T13:10:00Z\""
        ]
    );
    assert_eq!(
        said(vec![every("poll", 10)], THREE, &[(7_300, -HOUR)], 7_400).await,
        [""; 0],
        "no task follows it"
    );
}

#[tokio::test(start_paused = true)]
async fn many_tasks_are_one_line_with_few_names() {
    let name = |task: i64| &*format!("task_{task}").leak();
    let tasks = (0..2_000).map(|task| every(name(task), 100 + task).align()).collect();
    let said = said(tasks, THREE, &[(50, -HOUR)], 100).await;
    let [line] = &said[..] else { panic!("{said:?}") };
    assert!(line.contains("tasks=2000") && line.ends_with(", the others before\""), "{line}");
    assert_eq!(line.matches("Manager.").count(), 5, "{line}");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_again_and_again_is_told_each_ten_seconds() {
    let steps: Vec<_> = (1..=100).map(|second| (second, -5)).collect();
    // So that it is looked at each second.
    let said = said(vec![cron("work", "0 0 * * *"), every("poll", 1)], THREE, &steps, 115).await;
    assert!((9..=12).contains(&said.len()), "{said:#?}");
    let times: u64 = said
        .iter()
        .map(|line| {
            let times = line.split_once("times=").map_or("1", |(_, rest)| rest.split_once(' ').unwrap().0);
            times.parse::<u64>().unwrap()
        })
        .sum();
    assert_eq!(times, 100, "none is lost: {said:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_step_that_waits_to_be_told_is_told_at_the_stop() {
    let said = said(vec![cron("work", "0 0 * * *"), every("poll", 1)], THREE, &[(2, -60), (5, -30)], 8).await;
    let [first, second] = &said[..] else { panic!("{said:#?}") };
    assert!(first.contains("by=1m ") && second.contains("by=30s "), "{said:#?}");
}

/// A subscriber that panics at each warning.
struct Broken;

impl<S: tracing::Subscriber> Layer<S> for Broken {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        assert!(*event.metadata().level() != tracing::Level::WARN, "no room on the disk");
    }
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_panics_at_the_line_ends_nothing() {
    let _guard = tracing::subscriber::set_default(Registry::default().with(Broken));
    tracing::callsite::rebuild_interest_cache();
    let (stage, ahead) = stage_at(THREE).await;
    stage.task(cron("work", "* * * * *"), |_| async {});
    // Of these there are failures left to warn of at the end.
    stage.task(every("fails", 1), |_| async { Err::<(), _>("no luck") });
    stage.until(90).await;
    ahead.fetch_sub(4 * HOUR, Ordering::SeqCst);
    stage.until(301).await;
    assert_eq!(stage.starts("work"), [60, 120, 180, 240, 300]);
    stage.handle.stop();
    assert!(stage.stopped().await.cut().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_parallel_pass_says_it_too() {
    let said = LogCapture::default();
    let _guard = said.listen();
    tracing::callsite::rebuild_interest_cache();
    let clock = Arc::new(ManualClock::default());
    clock.set_wall(Timestamp::from_secs(THREE));
    let manager = Rows(vec![cron("work", "0 * * * *")]);
    let mut tasks = PeriodicTasks::new(manager, Arc::clone(&clock), &Settings::default()).unwrap();
    for back in [0, 4 * HOUR] {
        clock.advance(Duration::from_secs(30));
        clock.set_wall(Timestamp::from_secs(THREE + 60 - back));
        run_periodic_tasks_in_parallel(&mut tasks, Arc::new(()), RaiseOnError::Yes).await.unwrap();
    }
    let said = said.lines();
    let [line] = &said[..] else { panic!("{said:?}") };
    assert!(line.starts_with("WARN message=the wall clock was set back by more than three hours"), "{line}");
    assert!(line.ends_with("go_on=\"Manager.work at 2026-03-01T12:00:00Z\""), "{line}");
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_settings_change_begins_now_whatever_the_clock_has_shown() {
    let (clock, ahead) = settable(THREE);
    let runner = Runner::builder(Rows(vec![cron("work", "*/10 * * * *"), every("sweep", 600).align()]))
        .clock(clock)
        .build()
        .unwrap();
    let handle = runner.handle();
    let next = |task: &str| handle.status_of(task).unwrap().next.unwrap().scheduled.to_string();
    let _ = runner
        .run_until(async {
            tokio::time::sleep(Duration::from_secs(7_400)).await;
            ahead.fetch_sub(HOUR, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(90)).await;
            assert_eq!(next("work"), "2026-03-01T17:10:00Z");
            let settings = Settings::new()
                .task("work", TaskSettings::new().cron(expression("*/5 * * * *")))
                .task("sweep", TaskSettings::new().spacing(Interval::from_secs(300)));
            handle.reload(&settings).unwrap();
            assert_eq!(
                (next("work"), next("sweep")),
                ("2026-03-01T16:05:00Z".into(), "2026-03-01T16:05:00Z".into())
            );
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_reload_finds_a_clock_that_was_set_right_just_before() {
    let (clock, ahead) = settable(THREE + 10 * 8_766 * HOUR);
    let runner = Runner::builder(Rows(vec![cron("work", "*/10 * * * *")])).clock(clock).build().unwrap();
    let handle = runner.handle();
    let _ = runner
        .run_until(async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            ahead.fetch_sub(10 * 8_766 * HOUR, Ordering::SeqCst);
            handle
                .reload(&Settings::new().task("work", TaskSettings::new().cron(expression("*/7 * * * *"))))
                .unwrap();
            let next = handle.status_of("work").unwrap().next.unwrap().scheduled;
            assert_eq!(next.to_string(), "2026-03-01T15:07:00Z");
        })
        .await;
}
