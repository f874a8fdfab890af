//! Each key of a file has its effect in a running runner.

use std::sync::Arc;
use std::time::Duration;

use periodic::prelude::*;
use periodic::scheduler::TaskState;
use periodic::settings::SettingsSource;
use periodic::task::SkipReason;
use periodic::time::ManualClock;
use periodic::{Runner, settings::Settings};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::place::{Place, read};

/// Runs take 25 s.
pub(super) struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task(spacing = 10)]
    async fn poll(&self) {
        tokio::time::sleep(Duration::from_secs(25)).await;
    }

    #[periodic_task(spacing = 100)]
    async fn other(&self) {}

    #[periodic_task(spacing = 10, external_process_ok)]
    async fn external(&self) {}
}

/// A running runner of [`Manager`].
pub(super) struct Running {
    pub(super) handle: Handle,
    pub(super) begun: Instant,
    pub(super) runner: JoinHandle<Stopped>,
}

impl Running {
    pub(super) async fn with(settings: Settings) -> Self {
        let runner = Runner::builder(Manager).settings(settings).build().unwrap();
        let handle = runner.handle();
        let runner = tokio::spawn(runner.run());
        tokio::task::yield_now().await;
        Self { handle, begun: Instant::now(), runner }
    }

    pub(super) async fn until(&self, seconds: u64) {
        sleep_until(self.begun + Duration::from_secs(seconds)).await;
    }

    /// How often a task started.
    pub(super) fn runs(&self, task: &str) -> u64 {
        self.handle.status_of(task).unwrap().counters.runs
    }
}

async fn running(file: &str) -> Running {
    Running::with(read(file).unwrap()).await
}

#[tokio::test(start_paused = true)]
async fn spacing_and_enabled() {
    let plain = running("").await;
    plain.until(101).await;
    assert_eq!((plain.runs("poll"), plain.runs("other")), (4, 1), "each run skips two slots");
    let set = running("tasks.poll.enabled = false\ntasks.other.spacing = 20").await;
    set.until(101).await;
    assert_eq!((set.runs("poll"), set.runs("other")), (0, 5));
    assert!(matches!(set.handle.status_of("poll").unwrap().state, TaskState::LeftOut(_)));
}

#[tokio::test(start_paused = true)]
async fn timeout() {
    let set = running("tasks.poll.timeout = 5").await;
    set.until(101).await;
    assert_eq!(set.runs("poll"), 10);
    assert_eq!(set.handle.status_of("poll").unwrap().counters.timed_out, 9);
}

#[tokio::test(start_paused = true)]
async fn overlap() {
    let set = running("tasks.poll.overlap = \"allow(3)\"").await;
    set.until(101).await;
    assert_eq!(set.runs("poll"), 10);
    assert_eq!(set.handle.status_of("poll").unwrap().counters.skipped(SkipReason::Overlap), 0);
}

#[tokio::test(start_paused = true)]
async fn max_runs() {
    let set = running("tasks.other.max_runs = 2").await;
    set.until(501).await;
    assert_eq!(set.runs("other"), 2);
    assert_eq!(set.handle.status_of("other").unwrap().state, TaskState::Done);
}

#[tokio::test(start_paused = true)]
async fn jitter() {
    let set = running("tasks.other.jitter = \"90s\"").await;
    let due = set.handle.status_of("other").unwrap().due_in.unwrap();
    assert!(due > Duration::from_secs(100) && due <= Duration::from_secs(190), "{due:?}");
}

#[tokio::test(start_paused = true)]
async fn periodic_interval_max_is_the_longest_sleep() {
    // This clock does not wake the runner, so it sleeps as long as it may.
    let clock = Arc::new(ManualClock::default());
    let settings = |most| read(&format!("periodic_interval_max = {most}\ntasks.'*'.spacing = 1000")).unwrap();
    let runner = Runner::builder(Manager).settings(settings(20)).clock(Arc::clone(&clock)).build().unwrap();
    let handle = runner.handle();
    let runs = || handle.status_of("external").unwrap().counters.runs;
    let after = async |secs| tokio::time::sleep(Duration::from_secs(secs)).await;
    let _runner = tokio::spawn(runner.run());
    after(1).await;
    clock.advance(Duration::from_secs(1000));
    after(18).await;
    assert_eq!(runs(), 0);
    after(2).await;
    assert_eq!(runs(), 1);
    handle.reload(&settings(3)).unwrap();
    after(1).await;
    clock.advance(Duration::from_secs(1000));
    after(3).await;
    assert_eq!(runs(), 2);
}

#[tokio::test(start_paused = true)]
async fn run_external_periodic_tasks() {
    let set = running("run_external_periodic_tasks = false").await;
    set.until(101).await;
    assert_eq!(set.runs("external"), 0);
    assert_eq!(running("").await.handle.status_of("external").unwrap().state, TaskState::Idle);
}

#[tokio::test(start_paused = true)]
async fn graceful_shutdown_timeout_is_that_of_the_stop_unless_code_says_another() {
    async fn stop_takes(file: &str, code: Option<u64>) -> Duration {
        let mut builder = Runner::builder(Manager).settings(read(file).unwrap());
        if let Some(grace) = code {
            builder = builder.grace(Duration::from_secs(grace));
        }
        let runner = builder.build().unwrap();
        let stop = runner.handle();
        let runner = tokio::spawn(runner.run());
        tokio::time::sleep(Duration::from_secs(12)).await;
        let begun = Instant::now();
        stop.stop();
        let _ = runner.await.unwrap();
        begun.elapsed()
    }
    assert_eq!(stop_takes("", None).await.as_secs(), 23, "the run ends by itself");
    assert_eq!(stop_takes("graceful_shutdown_timeout = 3", None).await.as_secs(), 3);
    assert_eq!(stop_takes("graceful_shutdown_timeout = 3", Some(7)).await.as_secs(), 7);
    assert_eq!(stop_takes("graceful_shutdown_timeout = 0", None).await.as_secs(), 23);
}

#[test]
fn the_front_page_reads_a_file() {
    let place = Place::new("tasks.poll.spacing = 5");
    let settings = Settings::load(place.file()).unwrap();
    let runner = Runner::builder(Manager).settings(settings).build().unwrap();
    assert!(runner.table().to_string().starts_with("Manager.poll      every 5s\n"));
    let same = SettingsSource::file(place.file()).without_environment().read().unwrap();
    assert_eq!(Settings::load_if_exists(place.file()).unwrap().options(), same.options());
}
