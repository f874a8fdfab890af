use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use periodic::scheduler::{ControlError, TaskState, Triggered};
use periodic::task::{Execution, Interval, Outcome, Overlap, Run, SkipReason, TaskName};
use periodic::{Handle, Runner};

use super::stage::{Empty, Stage, every};

#[tokio::test(start_paused = true)]
async fn a_pause_keeps_the_grid_and_catches_nothing_up() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    stage.until(25).await;
    stage.handle.pause("poll").unwrap();
    stage.until(57).await;
    assert_eq!(stage.status("poll").counters.skipped(SkipReason::Paused), 3);
    stage.handle.resume("poll").unwrap();
    stage.until(75).await;
    assert_eq!(stage.starts("poll"), [10, 20, 60, 70]);
    assert!(stage.outcomes("poll").contains(&"Skipped(Paused) x3".into()), "one record for the whole pause");
}

#[tokio::test(start_paused = true)]
async fn a_month_of_pause_is_one_record() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    stage.handle.pause("poll").unwrap();
    stage.until(30 * 86_400).await;
    stage.handle.resume("poll").unwrap();
    assert_eq!(
        stage.outcomes("poll"),
        ["Skipped(Paused) x259199"],
        "the slot at this instant is still to come"
    );
}

#[tokio::test(start_paused = true)]
async fn a_trigger_runs_beside_the_grid_also_while_paused() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 3);
    stage.handle.pause("poll").unwrap();
    stage.until(14).await;
    assert_eq!(stage.handle.trigger("poll"), Ok(Triggered::Starts));
    stage.until(15).await;
    assert_eq!(stage.handle.trigger("poll"), Ok(Triggered::Skipped), "the run from 14 is going");
    stage.until(30).await;
    assert_eq!(stage.starts("poll"), [14]);
}

#[tokio::test(start_paused = true)]
async fn a_trigger_obeys_overlap_and_says_so() {
    let stage = Stage::new().await;
    stage.lasting(every("queues", 100).overlap(Overlap::Queue), 5);
    stage.lasting(every("replaces", 100).overlap(Overlap::Replace), 5);
    for task in ["queues", "replaces"] {
        assert_eq!(stage.handle.trigger(task), Ok(Triggered::Starts));
    }
    stage.until(2).await;
    assert_eq!(stage.handle.trigger("queues"), Ok(Triggered::Queued));
    assert_eq!(stage.handle.trigger("queues"), Ok(Triggered::Skipped));
    assert_eq!(stage.handle.trigger("replaces"), Ok(Triggered::Replaces));
    stage.until(20).await;
    assert_eq!(stage.starts("queues"), [0, 5]);
    assert_eq!(stage.starts("replaces"), [0, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_new_spacing_counts_from_the_last_slot() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 100), 1);
    stage.until(130).await;
    stage.handle.set_spacing("poll", Interval::from_secs(40)).unwrap();
    stage.until(145).await;
    assert_eq!(stage.starts("poll"), [100, 140]);
    stage.until(175).await;
    stage.handle.set_spacing("poll", Interval::from_secs(20)).unwrap();
    stage.until(200).await;
    assert_eq!(stage.starts("poll"), [100, 140, 175, 195], "the last slot plus the new spacing is past: now");
}

#[tokio::test(start_paused = true)]
async fn tasks_come_and_go() {
    let stage = Stage::new().await;
    stage.lasting(every("stays", 10), 1);
    stage.until(5).await;
    stage.lasting(every("guest", 10), 1);
    stage.until(27).await;
    stage.handle.remove("guest").unwrap();
    stage.lasting(every("guest", 4), 1);
    stage.until(36).await;
    assert_eq!(stage.starts("guest"), [15, 25, 31, 35]);
    assert_eq!(stage.starts("stays"), [10, 20, 30]);
}

#[tokio::test(start_paused = true)]
async fn disable_forgets_the_grid_and_enable_begins_one() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    stage.until(15).await;
    stage.handle.disable("poll").unwrap();
    assert!(matches!(stage.status("poll").state, TaskState::LeftOut(_)));
    assert!(matches!(stage.handle.trigger("poll"), Err(ControlError::LeftOut(..))));
    stage.until(33).await;
    stage.handle.enable("poll").unwrap();
    stage.until(55).await;
    assert_eq!(stage.starts("poll"), [10, 43, 53]);
}

#[tokio::test(start_paused = true)]
async fn enabled_at_the_instant_of_its_first_run_a_task_runs_again() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10).run_immediately(), 0);
    while stage.starts("poll").is_empty() {
        tokio::task::yield_now().await;
    }
    stage.handle.disable("poll").unwrap();
    stage.handle.enable("poll").unwrap();
    stage.until(15).await;
    assert_eq!(stage.starts("poll"), [0, 0, 10]);
}

#[tokio::test(start_paused = true)]
async fn unknown_and_taken_names_are_refused() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    let error = stage.handle.trigger("pol").unwrap_err();
    assert_eq!(error.to_string(), "no task is called `pol`; did you mean `Stage.poll`?");
    stage.lasting(every("drivers.ipmi.power", 10), 1);
    let error = stage.handle.trigger("power").unwrap_err();
    assert!(error.to_string().ends_with("did you mean `Stage.drivers.ipmi.power`?"), "{error}");
    assert!(!stage.handle.pause("x").unwrap_err().to_string().contains("mean"));
    let name = TaskName::new("Stage", "poll").unwrap();
    let error = stage.handle.add(name, every("poll", 1), |_| async {}).unwrap_err();
    assert!(matches!(error, ControlError::Duplicate(_)), "{error}");
    let error = stage.handle.set_spacing("poll", Interval::from_secs(-1)).unwrap_err();
    assert!(matches!(error, ControlError::NegativeSpacing(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_inline_task_controls_the_runner_that_waits_for_it() {
    let stage = Stage::new().await;
    let handle = stage.handle.clone();
    stage.task(every("chief", 10).execution(Execution::Inline), move |_| {
        let handle = handle.clone();
        async move { handle.pause("other") }
    });
    stage.lasting(every("other", 10), 1);
    stage.until(45).await;
    assert_eq!(stage.starts("chief"), [10, 20, 30, 40]);
    assert_eq!(
        stage.starts("other"),
        [] as [u64; 0],
        "due in the same instant, but paused before its first line"
    );
    assert_eq!(stage.status("other").counters.skipped(SkipReason::Paused), 4);
}

#[tokio::test(start_paused = true)]
async fn a_run_says_how_far_it_is() {
    let stage = Stage::new().await;
    stage.task(every("sweep", 10), |run| async move {
        run.progress("3 of 7");
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    });
    stage.until(12).await;
    assert_eq!(stage.status("sweep").going[0].progress.as_deref(), Some("3 of 7"));
}

#[tokio::test(start_paused = true)]
async fn before_the_start_no_slot_has_passed() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let starts = Arc::new(Mutex::new(Vec::new()));
    let note = Arc::clone(&starts);
    let task = move |run: Run| {
        note.lock().unwrap().push(run.slot().at.as_nanos() / 1_000_000_000);
        async {}
    };
    handle.add(TaskName::new("Stage", "poll").unwrap(), every("poll", 10), task).unwrap();
    tokio::time::sleep(Duration::from_secs(55)).await;
    handle.pause("poll").unwrap();
    handle.resume("poll").unwrap();
    assert_eq!(handle.trigger("poll"), Ok(Triggered::Starts));
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(25))).await;
    assert_eq!(*starts.lock().unwrap(), [55, 65, 75]);
    assert!(handle.records().iter().all(|record| record.outcome == Outcome::Ok), "{:?}", handle.records());
}

/// Asks its handle for something when it is dropped, as guards do that tidy up.
struct AsksWhenDropped(Handle);

impl Drop for AsksWhenDropped {
    fn drop(&mut self) {
        self.0.status();
    }
}

#[test]
fn what_a_task_holds_may_call_the_handle_when_it_is_dropped() {
    let (done, wait) = mpsc::channel();
    // On a thread of its own, because a lock that is held would never let it go on.
    std::thread::spawn(move || {
        let runner = Runner::builder(Empty).build().unwrap();
        let handle = runner.handle();
        let add = || {
            let asks = AsksWhenDropped(handle.clone());
            handle.add(TaskName::new("Stage", "poll").unwrap(), every("poll", 10), move |_| {
                let _ = &asks;
                async {}
            })
        };
        add().unwrap();
        assert!(matches!(add(), Err(ControlError::Duplicate(_))));
        handle.remove("poll").unwrap();
        add().unwrap();
        drop(runner);
        done.send(()).unwrap();
    });
    wait.recv_timeout(Duration::from_secs(20)).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_removed_before_its_first_line_does_not_start() {
    let stage = Stage::new().await;
    // Runs in the runner, when the other's run is ready and waits for its turn.
    let handle = stage.handle.clone();
    stage.task(every("removes", 10).execution(Execution::Inline), move |_| {
        let removed = handle.remove("poll").map_err(|error| error.to_string());
        async move { removed }
    });
    stage.lasting(every("poll", 10), 1);
    stage.until(15).await;
    assert_eq!(stage.starts("poll"), [] as [u64; 0]);
    assert_eq!(stage.outcomes("poll"), ["Skipped(Stopping) x1"]);
}
