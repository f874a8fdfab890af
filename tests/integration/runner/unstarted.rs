//! A runner before its tasks begin: there are no slots then.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use periodic::service::{HookResult, Hooks, ServiceIdentity};
use periodic::task::{Run, TaskName};
use periodic::time::{Clock, Now};
use periodic::{Handle, Runner, Service, Settings, SystemClock, periodic_manager, periodic_task};
use periodic_test_support::LogCapture;

use super::stage::{Empty, every};

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 10)]
    async fn poll(&self) {}

    #[periodic_task(spacing = 10, run_immediately)]
    async fn at_once(&self) {}

    #[periodic_task(spacing = 10, from = finish, run_immediately)]
    async fn after_itself(&self) {}

    #[periodic_task(spacing = 10, missed = all(3))]
    fn catches_up(&self) {}

    #[periodic_task(spacing = 10, align)]
    async fn aligned(&self) {}

    #[periodic_task(cron = "* * * * *", missed = skip)]
    async fn wall(&self) {}
}

async fn secs(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

/// Nothing became of any slot, and nothing is said of one.
#[track_caller]
fn assert_no_slots(handle: &Handle, said: &LogCapture) {
    assert_eq!(handle.records(), []);
    for status in handle.status() {
        assert_eq!((status.counters.runs, status.counters.skipped_in_all()), (0, 0), "{status:?}");
        assert_eq!((status.counters.coalesced, status.last_slot), (0, None), "{status:?}");
    }
    assert_eq!(said.containing("slot"), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn one_that_is_dropped_had_no_slots() {
    let (said, runner) = (LogCapture::default(), Runner::builder(Manager).build().unwrap());
    let _guard = said.listen();
    let handle = runner.handle();
    secs(3_600).await;
    drop(runner);
    assert_no_slots(&handle, &said);
}

#[tokio::test(start_paused = true)]
async fn one_that_was_paused_and_is_dropped_had_none_either() {
    let (said, runner) = (LogCapture::default(), Runner::builder(Manager).build().unwrap());
    let _guard = said.listen();
    let handle = runner.handle();
    handle.pause("poll").unwrap();
    handle.pause("at_once").unwrap();
    secs(3_600).await;
    handle.resume("poll").unwrap();
    assert_no_slots(&handle, &said);
    secs(3_600).await;
    drop(runner);
    assert_no_slots(&handle, &said);
}

/// A clock that is later each time it is read, as real ones are.
#[derive(Default)]
struct GoesOn(SystemClock, AtomicI64);

impl Clock for GoesOn {
    fn now(&self) -> Now {
        let reads = self.1.fetch_add(1, Ordering::SeqCst);
        self.0.now().after(Duration::from_nanos(reads.unsigned_abs()))
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_was_stopped_before_has_none_when_it_runs() {
    let runner = Runner::builder(Manager).clock(GoesOn::default()).build().unwrap();
    let said = LogCapture::default();
    let _guard = said.listen();
    let handle = runner.handle();
    secs(3_600).await;
    handle.stop();
    let stopped = runner.run().await;
    assert!(stopped.cut().is_empty());
    assert_no_slots(&handle, &said);
}

#[tokio::test(start_paused = true)]
async fn its_grids_begin_when_it_runs() {
    let (said, runner) = (LogCapture::default(), Runner::builder(Manager).build().unwrap());
    let _guard = said.listen();
    let handle = runner.handle();
    secs(3_605).await;
    for status in handle.status() {
        assert!(status.due_in.unwrap() <= Duration::from_secs(60), "{status:?}");
        assert!(status.next.unwrap().at.as_nanos() >= 3_605_000_000_000, "{status:?}");
    }
    let _ = runner.run_until(secs(25)).await;
    assert_eq!(said.containing("missed slots were coalesced"), Vec::<String>::new());
    let runs = |task| handle.status_of(task).unwrap().counters.runs;
    assert_eq!((runs("poll"), runs("at_once"), runs("after_itself")), (2, 3, 3));
    assert!(handle.records().iter().all(|record| record.count == 1));
}

#[tokio::test(start_paused = true)]
async fn what_is_triggered_and_added_before_runs_when_it_does() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    for task in ["triggered", "added"] {
        handle.add(TaskName::new("Stage", task).unwrap(), every(task, 10), |_: Run| async {}).unwrap();
    }
    secs(100).await;
    let _ = handle.trigger("triggered").unwrap();
    secs(100).await;
    let _ = runner.run_until(secs(25)).await;
    let counters = |task| handle.status_of(task).unwrap().counters;
    assert_eq!((counters("triggered").ok, counters("added").ok), (3, 2));
    assert!(handle.records().iter().all(|record| record.outcome == periodic::task::Outcome::Ok));
}

struct Fails(bool);

impl Hooks for Fails {
    async fn post_start_hook(&self, _: &ServiceIdentity) -> HookResult {
        secs(3_600).await;
        if self.0 { Err("no port".into()) } else { Ok(()) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_start_had_none() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let service = Service::builder(Manager).hooks(Fails(true)).build().unwrap();
    let handle = service.control().tasks().clone();
    service.run().await.unwrap_err();
    assert_no_slots(&handle, &said);
    let service = Service::builder(Manager).hooks(Fails(false)).build().unwrap();
    let handle = service.control().tasks().clone();
    let _ = service.run_until(secs(100)).await.unwrap();
    assert_no_slots(&handle, &said);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_stopped_in_its_fuzzy_delay_had_none() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let fuzzy = Settings::new().service(|options| options.periodic_fuzzy_delay = Duration::from_secs(7_200));
    let service = Service::builder(Manager).settings(fuzzy).seed(1).build().unwrap();
    let handle = service.control().tasks().clone();
    let _ = service.run_until(secs(100)).await.unwrap();
    assert_no_slots(&handle, &said);
}
