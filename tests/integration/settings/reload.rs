use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::prelude::*;
use periodic::scheduler::{ControlError, TaskState};
use periodic::settings::{Settings, SettingsError, TaskSettings};
use periodic::task::{Interval, Outcome, SkipReason, TaskName, TaskSpec};
use periodic::watch::Event;
use periodic::{ErrorKind, Runner};

use super::effects::{Manager, Running};
use super::place::{Place, read};

fn file(text: &str) -> Settings {
    read(text).unwrap()
}

/// The changes of a reload, a line for each.
fn reload(running: &Running, text: &str) -> Vec<String> {
    running.handle.reload(&file(text)).unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn a_spacing_counts_from_the_last_slot() {
    let running = Running::with(Settings::new()).await;
    running.until(130).await;
    assert_eq!(reload(&running, "tasks.other.spacing = 40"), ["`Manager.other`: spacing 1m40s -> 40s"]);
    running.until(145).await;
    assert_eq!(running.runs("other"), 2, "at 100 and at 140");
    assert_eq!(reload(&running, ""), ["`Manager.other`: spacing 40s -> 1m40s"], "back to what is declared");
    running.until(239).await;
    assert_eq!(running.runs("other"), 2);
    running.until(241).await;
    assert_eq!(running.runs("other"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_retry_holds_from_the_next_run() {
    let running =
        Running::with(file("tasks.poll = { timeout = 2, retry = { attempts = 3, backoff = 1 } }")).await;
    let retries = || running.handle.status_of("poll").unwrap().counters.retries;
    running.until(11).await;
    let changes = reload(&running, "tasks.poll.timeout = 2");
    assert_eq!(changes, ["`Manager.poll`: retry 3, 1s -> none"]);
    running.until(29).await;
    assert_eq!(retries(), 2, "those of the run that was going");
    let changes = reload(&running, "tasks.poll = { timeout = 2, retry = 2 }");
    assert_eq!(changes, ["`Manager.poll`: retry none -> 2, 1s..30s"]);
    running.until(39).await;
    assert_eq!(retries(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_same_settings_change_nothing() {
    let text = "tasks.other.spacing = 40\ntasks.poll.overlap = \"skip\"";
    let running = Running::with(file(text)).await;
    running.until(30).await;
    assert!(reload(&running, text).is_empty());
    running.until(41).await;
    assert_eq!(running.runs("other"), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_done_by_hand_stays_unless_the_settings_change_that_very_thing() {
    let running = Running::with(file("tasks.\"*\".grace = 50")).await;
    let handle = &running.handle;
    handle.pause("other").unwrap();
    handle.disable("external").unwrap();
    handle.set_spacing("poll", Interval::from_secs(30)).unwrap();
    handle.add(TaskName::new("Manager", "guest").unwrap(), TaskSpec::new("guest"), |_| async {}).unwrap();

    let changes = reload(&running, "tasks.\"*\".timeout = 5");
    assert_eq!(changes.len(), 6, "grace and timeout of three tasks: {changes:?}");
    assert_eq!(handle.status_of("other").unwrap().state, TaskState::Paused);
    assert!(matches!(handle.status_of("external").unwrap().state, TaskState::LeftOut(_)));
    assert_eq!(handle.status_of("poll").unwrap().spec().schedule.to_string(), "every 30s");
    assert_eq!(handle.status_of("guest").unwrap().spec().timeout, None, "it is no declared task");

    let changes = reload(&running, "tasks.\"*\".timeout = 5\n[tasks.poll]\nspacing = 20");
    assert_eq!(changes, ["`Manager.poll`: spacing 30s -> 20s"]);
    assert!(
        reload(
            &running,
            "tasks.\"*\".timeout = 5\n[tasks.poll]\nspacing = 20\n[tasks.external]\nenabled = false"
        )
        .is_empty(),
        "it is off already"
    );
    let changes = reload(&running, "tasks.\"*\".timeout = 5\n[tasks.poll]\nspacing = 20");
    assert_eq!(changes, ["`Manager.external`: enabled false -> true"]);
    assert_eq!(handle.status_of("external").unwrap().state, TaskState::Idle);

    handle.remove("external").unwrap();
    assert!(!reload(&running, "").is_empty());
    assert!(handle.status_of("external").is_err(), "a reload brings nothing back");
}

/// A change is reported where it has an effect: a task enabled by hand already runs, and a disabled one does not.
#[tokio::test(start_paused = true)]
async fn a_change_that_was_made_by_hand_before_is_not_told() {
    let running = Running::with(file("tasks.poll.enabled = false")).await;
    let handle = &running.handle;
    handle.enable("poll").unwrap();
    assert_eq!(reload(&running, ""), [""; 0]);
    assert_eq!(handle.status_of("poll").unwrap().state, TaskState::Idle);

    handle.disable("poll").unwrap();
    assert_eq!(reload(&running, "tasks.poll.enabled = false"), [""; 0]);
    assert!(matches!(handle.status_of("poll").unwrap().state, TaskState::LeftOut(_)));
}

#[tokio::test(start_paused = true)]
async fn tasks_are_left_out_and_taken_in() {
    let running = Running::with(Settings::new()).await;
    running.until(15).await;
    let off = "run_external_periodic_tasks = false\ntasks.other.spacing = -1\ntasks.poll.enabled = false";
    assert_eq!(
        reload(&running, off),
        [
            "`Manager.poll`: enabled true -> false",
            "`Manager.other`: spacing 1m40s -> -1s",
            "`Manager.external`: run_external_periodic_tasks true -> false",
        ]
    );
    let states: Vec<_> = running.handle.status().iter().map(|task| format!("{:?}", task.state)).collect();
    assert_eq!(states, ["LeftOut(Disabled)", "LeftOut(Negative)", "LeftOut(External)"]);
    running.until(33).await;
    assert_eq!(reload(&running, "").len(), 3);
    running.until(60).await;
    assert_eq!((running.runs("poll"), running.runs("external")), (2, 3), "at 10; from 33 on at 43 and 53");
}

#[tokio::test(start_paused = true)]
async fn slots_before_it_are_settled_under_the_state_that_held() {
    let running = Running::with(Settings::new()).await;
    running.until(27).await;
    let overlaps =
        |running: &Running| running.handle.status_of("poll").unwrap().counters.skipped(SkipReason::Overlap);
    assert_eq!(
        reload(&running, "tasks.poll.overlap = \"allow(3)\""),
        ["`Manager.poll`: overlap skip -> allow(3)"]
    );
    assert_eq!(overlaps(&running), 1, "that of 20, while the run from 10 was going");
    running.until(34).await;
    assert_eq!((running.runs("poll"), overlaps(&running)), (2, 1), "that of 30 runs beside it");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_holds_from_the_next_run() {
    let running = Running::with(Settings::new()).await;
    running.until(12).await;
    reload(&running, "tasks.poll.timeout = 5");
    running.until(50).await;
    let outcomes = running.handle.records();
    let outcomes: Vec<_> = outcomes
        .iter()
        .filter(|record| record.name().task() == "poll" && record.started.is_some())
        .map(|record| record.outcome.clone())
        .collect();
    assert_eq!(outcomes, [Outcome::Ok, Outcome::TimedOut], "the run from 10, and that from 40");
}

#[tokio::test(start_paused = true)]
async fn jitter_holds_from_the_next_slot() {
    let running = Running::with(Settings::new()).await;
    let due = || running.handle.status_of("other").unwrap().due_in.unwrap();
    assert_eq!(due(), Duration::from_secs(100));
    reload(&running, "tasks.other.jitter = \"90s\"");
    assert!(due() > Duration::from_secs(100) && due() <= Duration::from_secs(190), "{:?}", due());
    reload(&running, "");
    assert_eq!(due(), Duration::from_secs(100));
}

#[tokio::test(start_paused = true)]
async fn enough_runs_are_enough() {
    let running = Running::with(Settings::new()).await;
    running.until(35).await;
    reload(&running, "tasks.external.max_runs = 2");
    assert_eq!(
        running.handle.status_of("external").unwrap().state,
        TaskState::Done,
        "it has started three times"
    );
    reload(&running, "tasks.external.max_runs = 9");
    running.until(100).await;
    assert_eq!(running.runs("external"), 3, "what is done stays done");
}

#[tokio::test(start_paused = true)]
async fn one_bad_key_among_good_ones_changes_nothing() {
    let running = Running::with(Settings::new()).await;
    let place = Place::new("report_interval = 5\ntasks.poll.spacing = 20\ntasks.other.spacin = 20\n");
    let in_force = || {
        let status = running.handle.status();
        status.into_iter().map(|task| (task.task, task.next.map(|slot| slot.at))).collect::<Vec<_>>()
    };
    let before = in_force();
    let error = place.source(&[]).read().unwrap_err();
    assert_eq!(
        place.said(&error),
        "compute.toml:3: tasks.other.spacin: unknown key; did you mean `spacing`?"
    );
    place.write("tasks.poll.spacing = 20\ntasks.othr.spacing = 20\n");
    let error = running.handle.reload(&place.source(&[]).read().unwrap()).unwrap_err();
    assert!(error.kind() == ErrorKind::Reload && error.table().is_some());
    assert_eq!(
        place.said(&error),
        "compute.toml:2: tasks.othr: no task is called `othr`; did you mean `Manager.other`?"
    );
    place.write("tasks.poll.spacing = 20\ntasks.poll.jitter = \"5%\"");
    std::fs::remove_file(place.file()).unwrap();
    let error = place.source(&[]).read().unwrap_err();
    assert!(matches!(error, SettingsError::Unreadable { .. }), "{error}");
    assert_eq!(in_force(), before);
}

#[tokio::test(start_paused = true)]
async fn options_of_the_runner_change_too() {
    let running = Running::with(Settings::new()).await;
    assert_eq!(
        reload(&running, "graceful_shutdown_timeout = 3\nperiodic_interval_max = 5\nreport_interval = 5"),
        ["periodic_interval_max 1m -> 5s", "graceful_shutdown_timeout 1m -> 3s"],
        "heartbeats are not the runner's"
    );
    running.until(12).await;
    running.handle.stop();
    let stopped = running.runner.await.unwrap();
    assert_eq!(running.begun.elapsed().as_secs(), 15);
    assert_eq!(stopped.cut()[0].task(), "poll");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_stops_or_is_gone_takes_no_settings() {
    let running = Running::with(Settings::new()).await;
    running.until(12).await;
    running.handle.stop();
    tokio::task::yield_now().await;
    let settings = Settings::new().task("other", TaskSettings::new().enabled(false));
    let refused = |handle: &Handle| {
        handle.reload(&settings).is_err_and(|error| error.control() == Some(&ControlError::Stopping))
    };
    assert!(refused(&running.handle));
    let _ = running.runner.await.unwrap();
    assert!(refused(&running.handle));
}

#[test]
fn a_handle_does_not_keep_the_manager() {
    struct Kept(#[expect(dead_code, reason = "it counts")] Arc<()>);

    #[periodic_manager]
    impl Kept {}

    let count = Arc::new(());
    let runner = Runner::builder(Kept(Arc::clone(&count))).build().unwrap();
    let _handle = runner.handle();
    drop(runner);
    assert_eq!(Arc::strong_count(&count), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reload_works_before_the_start_and_inside_a_task() {
    struct Inside {
        handle: Mutex<Option<Handle>>,
    }

    #[periodic_manager]
    impl Inside {
        #[periodic_task(spacing = 10, inline)]
        fn poll(&self) {
            let handle = self.handle.lock().unwrap();
            let settings =
                Settings::new().task("poll", TaskSettings::new().spacing(Interval::from_secs(100)));
            handle.as_ref().unwrap().reload(&settings).unwrap();
        }
    }

    let manager = Arc::new(Inside { handle: Mutex::new(None) });
    let runner = Runner::builder(Arc::clone(&manager)).build().unwrap();
    let handle = runner.handle();
    *manager.handle.lock().unwrap() = Some(handle.clone());
    handle
        .reload(&Settings::new().task("poll", TaskSettings::new().spacing(Interval::from_secs(5))))
        .unwrap();
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(104))).await;
    assert_eq!(handle.status_of("poll").unwrap().counters.ok, 1, "at 5, and then not before 105");
}

#[tokio::test(start_paused = true)]
async fn negative_then_by_hand_then_negative_again() {
    let running = Running::with(file("tasks.other.spacing = -1")).await;
    running.handle.set_spacing("other", Interval::from_secs(10)).unwrap();
    running.handle.enable("other").unwrap();
    assert_eq!(reload(&running, "tasks.other.spacing = -1\ntasks.other.grace = 5").len(), 1);
    running.until(11).await;
    assert_eq!(running.runs("other"), 1, "the settings did not change the spacing");
    assert_eq!(reload(&running, "tasks.other.spacing = -5").len(), 2);
    running.until(100).await;
    assert_eq!(running.runs("other"), 1);
    assert!(matches!(running.handle.enable("other"), Err(ControlError::NegativeSpacing(_))));
}

#[tokio::test(start_paused = true)]
async fn one_reload_is_that_of_all_managers() {
    struct Second;

    #[periodic_manager]
    impl Second {
        #[periodic_task(spacing = 100)]
        async fn audit(&self) {}
    }

    let runner = Runner::builder(Manager).manager(Second).build().unwrap();
    let handle = runner.handle();
    let changes = handle.reload(&file("tasks.\"*\".spacing = 7")).unwrap();
    assert_eq!(changes.len(), 4);
    let wrong = handle.reload(&file("tasks.\"Second.audt\".spacing = 7")).unwrap_err();
    assert!(wrong.to_string().ends_with("did you mean `Second.audit`?"), "{wrong}");
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(15))).await;
    assert_eq!(handle.status_of("Second.audit").unwrap().counters.ok, 2);
}

#[tokio::test(start_paused = true)]
async fn watchers_are_told_which_tasks_are_changed() {
    let running = Running::with(Settings::new()).await;
    let mut watcher = running.handle.watch();
    reload(&running, "tasks.poll.enabled = false\ntasks.other.spacing = 40\ntasks.external.grace = 5");
    reload(&running, "");
    let mut told = Vec::new();
    for _ in 0..6 {
        if let Some(Event::Changed { task, change, .. }) = watcher.next().await {
            told.push(format!("{} {change:?}", task.name().task()));
        }
    }
    assert_eq!(
        told,
        [
            "poll Disabled",
            "other Respaced",
            "external Configured",
            "poll Enabled",
            "other Respaced",
            "external Configured"
        ]
    );
}
