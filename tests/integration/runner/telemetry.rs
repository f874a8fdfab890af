//! The lines of the runner in `tracing`.

use periodic::settings::TaskSettings;
use periodic::task::{Cron, Jitter, Run, TaskSpec};
use periodic::{Runner, Settings, periodic_manager, periodic_task};
use periodic_test_support::LogCapture;

use super::wall_clock::settable;
use crate::cron::Rows;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 10)]
    async fn good(&self) {}

    #[periodic_task(spacing = 10)]
    async fn bad(&self) -> Result<(), &'static str> {
        Err("no luck")
    }

    #[periodic_task(spacing = -1)]
    async fn negative(&self) {}

    #[periodic_task(enabled = false)]
    async fn disabled(&self) {}

    #[periodic_task(external_process_ok)]
    async fn external(&self) {}
}

/// The lines without the times, which differ from run to run.
fn capture() -> LogCapture {
    LogCapture::default().masking(&["slot", "elapsed", "lateness"])
}

#[tokio::test(start_paused = true)]
async fn one_event_for_each_outcome_names_its_task_once() {
    let said = capture();
    let _guard = said.listen();
    let settings = Settings::new().run_external_periodic_tasks(false);
    let runner = Runner::builder(Manager).settings(settings).build().unwrap();
    let _ = runner.run_until(tokio::time::sleep(std::time::Duration::from_secs(15))).await;

    let said = said.lines();
    let left_out = |task: &str, reason: &str| {
        format!("INFO message=periodic task is left out manager=\"Manager\" task=\"{task}\" reason={reason}")
    };
    assert_eq!(
        said[..3],
        [
            left_out("negative", "its interval is negative"),
            left_out("disabled", "it is disabled"),
            left_out("external", "another process runs the external tasks"),
        ]
    );
    assert_eq!(
        said[3..5],
        [
            "DEBUG message=periodic task ended manager=\"Manager\" task=\"good\" slot=_ elapsed=_ outcome=\"ok\"",
            "ERROR message=periodic task failed manager=\"Manager\" task=\"bad\" slot=_ elapsed=_ outcome=\"failed\" \
             cause=no luck",
        ]
    );
    assert!(said[5].contains("periodic tasks are being stopped"), "{}", said[5]);
    assert_eq!(said.len(), 6, "{said:#?}");
}

struct Unreliable;

#[periodic_manager]
impl Unreliable {
    #[periodic_task(spacing = 10, retry(attempts = 2, backoff = "1500ms"))]
    async fn recovers(&self, run: &Run) -> Result<(), &'static str> {
        if run.attempt() == 1 { Err("no luck") } else { Ok(()) }
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_is_retried_is_said() {
    let said = capture();
    let _guard = said.listen();
    let runner = Runner::builder(Unreliable).build().unwrap();
    let _ = runner.run_until(tokio::time::sleep(std::time::Duration::from_secs(15))).await;

    let said = said.lines();
    assert_eq!(
        said[..2],
        [
            "WARN message=an attempt failed; it is retried manager=\"Unreliable\" task=\"recovers\" slot=_ attempt=1 \
             elapsed=_ outcome=\"failed\" cause=no luck retry_in=1.5s",
            "DEBUG message=periodic task ended manager=\"Unreliable\" task=\"recovers\" slot=_ elapsed=_ outcome=\"ok\" \
             attempts=2",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_slot_in_a_gap_is_told_at_the_start() {
    let said = capture();
    let _guard = said.listen();
    let nightly = Cron::parse("30 2 * * *").unwrap().tz("Europe/Berlin");
    let manager = Rows(vec![TaskSpec::new("backup").cron(nightly)]);
    // 2026-01-01.
    let (clock, _) = settable(1_767_225_600);
    let runner = Runner::builder(manager).clock(clock).build().unwrap();
    let _ = runner.run_until(tokio::task::yield_now()).await;
    let said = said.lines();
    assert_eq!(
        said[0],
        "INFO message=cron `30 2 * * *` Europe/Berlin: the clocks are set forward over 2026-03-29 02:30:00; it runs at \
         the end of the gap, 2026-03-29T01:00:00Z manager=\"Manager\" task=\"backup\""
    );
}

#[tokio::test(start_paused = true)]
async fn a_slot_in_a_gap_is_told_after_a_reload_that_brings_it_about() {
    let said = capture();
    let _guard = said.listen();
    let nightly = Cron::parse("30 2 * * *").unwrap();
    let manager = Rows(vec![TaskSpec::new("backup").cron(nightly), TaskSpec::new("other").cron(nightly)]);
    let (clock, _) = settable(1_767_225_600);
    let runner = Runner::builder(manager).clock(clock).build().unwrap();
    let handle = runner.handle();
    let _ = runner
        .run_until(async {
            let berlin = Settings::new().task("backup", TaskSettings::new().tz("Europe/Berlin"));
            let jitter = TaskSettings::new().jitter(Jitter::Share(10));
            tokio::task::yield_now().await;
            // An event that another thread sent first, without a subscriber, is switched off until this.
            tracing::callsite::rebuild_interest_cache();
            handle.reload(&berlin).unwrap();
            handle.reload(&berlin.task("backup", jitter)).unwrap();
        })
        .await;
    let said = said.lines();
    let told: Vec<_> = said.iter().filter(|line| line.contains("set forward over")).collect();
    assert_eq!(told.len(), 1, "{said:?}");
    assert!(told[0].contains("2026-03-29T01:00:00Z") && told[0].contains("backup"), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_hardly_meant_is_said_of_a_task_that_is_added() {
    let said = capture();
    let _guard = said.listen();
    let runner = Runner::builder(Rows(vec![TaskSpec::new("other")])).build().unwrap();
    let spec = TaskSpec::new("late").timeout(std::time::Duration::from_secs(61));
    let name = periodic::task::TaskName::new("Manager", "late").unwrap();
    runner.handle().add(name, spec, |_| async {}).unwrap();
    assert_eq!(
        said.lines(),
        [
            "WARN message=this timeout is longer than the spacing, so runs can overlap: add a rule for that, as \
             in `overlap = skip` manager=\"Manager\" task=\"late\""
        ]
    );
}
