//! Several managers, one runner.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use periodic::table::TaskTable;
use periodic::{ErrorKind, Runner, Settings, periodic_manager, periodic_task};

static ORDER: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[derive(Default)]
struct Compute;

#[derive(Default)]
struct Request(u32);

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 10)]
    async fn poll(&self) {
        ORDER.lock().unwrap().push("compute".into());
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

struct Volumes;

#[periodic_manager(context = Request)]
impl Volumes {
    #[periodic_task(spacing = 10, inline)]
    async fn clean(&self, request: &Request) {
        ORDER.lock().unwrap().push(format!("volumes {}", request.0));
    }

    #[periodic_task(spacing = 10)]
    fn poll(&self, request: &Request) -> Result<(), String> {
        Err(format!("no volume {}", request.0))
    }
}

#[tokio::test(start_paused = true)]
async fn tasks_of_all_managers_share_one_scheduler() {
    let made = AtomicU32::new(0);
    let runner = Runner::builder(Compute)
        .manager_with(Volumes, move || Request(made.fetch_add(1, Ordering::SeqCst)))
        .limit(NonZeroUsize::MIN)
        .settings(Settings::new())
        .build()
        .unwrap();
    let names: Vec<_> = runner.table().tasks().iter().map(|task| task.name().to_string()).collect();
    assert_eq!(names, ["Compute.poll", "Volumes.clean", "Volumes.poll"]);
    let handle = runner.handle();
    assert!(handle.status_of("poll").is_err(), "two managers have a task of that name");
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(15))).await;
    let ended: Vec<_> =
        handle.records().iter().map(|end| format!("{}: {:?}", end.name(), end.outcome)).collect();
    assert_eq!(ended[..2], ["Compute.poll: Ok", "Volumes.clean: Ok"]);
    assert!(ended[2].contains("Volumes.poll: Failed") && ended[2].contains("no volume 1"), "{ended:?}");
    assert_eq!(*ORDER.lock().unwrap(), ["compute", "volumes 0"], "the limit of one run holds for all");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_added_needs_no_manager() {
    let runner = Runner::builder(Compute).manager(Volumes).build().unwrap();
    let handle = runner.handle();
    let (name, spec) =
        (periodic::task::TaskName::new("Fleet", "one").unwrap(), super::stage::every("one", 4));
    handle.add(name, spec, |_| async {}).unwrap();
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(9))).await;
    assert_eq!(handle.status_of("one").unwrap().counters.ok, 2);
}

#[test]
fn two_managers_with_one_full_name_are_an_error() {
    let error =
        Runner::builder(Compute).manager(Compute).build().expect_err("one of the two would never run");
    assert_eq!(error.kind(), ErrorKind::Table);
    let text = error.table().unwrap().to_string();
    assert!(text.contains("two tasks are called `Compute.poll`"), "{text}");
    assert!(text.contains("(row [0]) and") && text.contains("(row [0] of manager 2)"), "{text}");
}

#[test]
fn settings_name_tasks_of_any_manager() {
    let settings =
        Settings::new().task("Volumes.poll", periodic::settings::TaskSettings::new().enabled(false));
    let table = TaskTable::builder().manager(&Compute).manager(&Volumes).build(&settings).unwrap();
    let left_out: Vec<_> = table.tasks().iter().map(|task| task.left_out().is_some()).collect();
    assert_eq!(left_out, [false, false, true]);
}
