//! The `Debug` texts of values with hidden parts: enough to know them in a log or a failed assertion.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use periodic::launcher::Launcher;
use periodic::looping::{Backoff, FixedInterval};
use periodic::manager::Call;
use periodic::pass::PeriodicTasks;
use periodic::retry::RetryCall;
use periodic::schedule::Calendar;
use periodic::settings::SettingsSource;
use periodic::task::{Cancellation, Cron, Ended, Next, TaskError};
use periodic::task_group::TaskGroup;
use periodic::time::{Instant, ManualClock, Timestamp};
use periodic::{Runner, Service, Settings, periodic_manager, periodic_task};

#[derive(Debug)]
struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 60)]
    fn poll(&self) {}
}

#[track_caller]
fn assert_shows(value: &dyn Debug, beginning: &str) {
    let shown = format!("{value:?}");
    assert!(shown.starts_with(beginning), "found {shown}, expected {beginning}");
}

#[test]
fn services_and_their_parts() {
    let runner = Runner::builder(Manager);
    assert_shows(&runner, "RunnerBuilder { settings: ");
    let runner = runner.build().unwrap();
    assert_shows(&runner.handle(), "Handle { .. }");
    assert_shows(&runner, "Runner { table: ");
    let service = Service::builder(Manager);
    assert_shows(&service, "ServiceBuilder { identity: ");
    let service = service.build().unwrap();
    assert_shows(&service.control(), "ServiceControl { identity: ");
    assert_shows(&service, "Service { identity: ");
    assert_shows(&Launcher::new(), "Launcher { services: 0, workers: ");
    assert_shows(&SettingsSource::file("a.toml"), "SettingsSource { file: Some(\"a.toml\"), optional: false");
}

#[tokio::test(start_paused = true)]
async fn calls_groups_and_retries() {
    let second = Duration::from_secs(1);
    let call = FixedInterval::every(second).start(|| async {}).unwrap();
    assert_shows(&call, "LoopingCall { kind: \"fixed interval looping call\", running: true }");
    call.stop();
    let _ = call.wait().await;
    assert_shows(&call, "LoopingCall { kind: \"fixed interval looping call\", running: false }");
    assert!(format!("{:?}", Backoff::starting_at(second)).contains("Backoff { starting: 1s, "));

    let group = TaskGroup::new();
    assert_shows(&group, "TaskGroup { timers: 0, tasks: 0, .. }");
    let member = group.spawn(std::future::pending::<()>()).unwrap();
    assert_shows(&group, "TaskGroup { timers: 0, tasks: 1, .. }");
    assert_shows(&member, "Entry { name: ");

    let retry = RetryCall::<TaskError>::new();
    assert_shows(
        &retry.clone().doubling(second),
        "RetryCall { attempts: None, growth: Doubling(1s), ceiling: 60s, ",
    );
    assert_shows(&retry.clone().increment(second), "RetryCall { attempts: None, growth: Increment(1s), ");
    assert_shows(&retry.delays(move || [second]), "RetryCall { attempts: None, growth: Given, ");
}

#[test]
fn passes_and_their_runs() {
    let clock = Arc::new(ManualClock::at(Instant::ZERO));
    let mut tasks = PeriodicTasks::new(Manager, Arc::clone(&clock), &Settings::default()).unwrap();
    assert_shows(&tasks, "PeriodicTasks { manager: Manager, .. }");
    clock.advance(Duration::from_secs(60));
    let mut pass = tasks.begin_pass();
    assert_shows(&pass, "Pass { .. }");
    let run = pass.start_next().unwrap();
    assert_shows(&run, "PassRun { start: ");
    assert_shows(&run.start().cancellation, "Cancellation(false)");
    let end = run.run_blocking(&());
    assert_shows(&end, "RunEnd { run: PassRun { start: ");
    pass.ended(end).unwrap();
}

#[test]
fn values() {
    let cancelled = Cancellation::new();
    cancelled.cancel();
    assert_shows(&cancelled, "Cancellation(true)");
    assert_shows(&Call::pending(async { Ended::Ok(Next::OnSchedule) }), "Pending(TaskFuture(..))");
    assert_shows(&TaskError::new("no luck"), "\"no luck\"");
    assert_shows(&Instant::from_secs(90), "Instant(1m30s)");
    assert_shows(&Timestamp::from_secs(0), "Timestamp(1970-01-01T00:00:00Z)");
    let daily = Cron::parse("0 3 * * *").unwrap();
    assert_shows(&Calendar::new(&daily, 0).unwrap(), "Calendar(cron `0 3 * * *` UTC)");
}
