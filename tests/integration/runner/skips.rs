//! The log's lines about slots that were not run: number, slots and reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use periodic::SystemClock;
use periodic::task::{Missed, Next, Overlap};
use periodic::time::{Alarm, Clock, Instant, Now, Timestamp};
use periodic_test_support::LogCapture;

use super::stage::{Stage, every};

/// The paused clock of a machine that can be suspended, and whose wall clock began with it.
struct Suspendable {
    clock: SystemClock,
    seconds: Arc<AtomicI64>,
}

impl Clock for Suspendable {
    fn now(&self) -> Now {
        let asleep = Duration::from_secs(self.seconds.load(Ordering::SeqCst).unsigned_abs());
        let boot = self.clock.now().boot + asleep;
        Now { boot, wall: Timestamp::from_nanos(boot.as_nanos()) }
    }

    fn alarm(&self, deadline: Instant) -> Option<Alarm<'_>> {
        Some(Box::pin(tokio::time::sleep(deadline - self.now().boot)))
    }
}

/// A service that began at the epoch, and how many seconds of suspend its clock counts.
async fn stage() -> (Stage, Arc<AtomicI64>) {
    let seconds = Arc::<AtomicI64>::default();
    let clock = Suspendable { clock: SystemClock::new(), seconds: Arc::clone(&seconds) };
    (Stage::with(|builder| builder.clock(clock)).await, seconds)
}

fn one(level: &str, slot: u8, reason: &str) -> String {
    format!(
        "{level} message=a slot was skipped manager=\"Stage\" task=\"poll\" slot=1970-01-01T00:00:{slot}Z \
         outcome=\"skipped\" reason=\"{reason}\""
    )
}

fn several(level: &str, (first, last, count): (u8, u8, u8), reason: &str) -> String {
    format!(
        "{level} message=slots were skipped manager=\"Stage\" task=\"poll\" first=1970-01-01T00:00:{first}Z \
         last=1970-01-01T00:00:{last}Z count={count} outcome=\"skipped\" reason=\"{reason}\""
    )
}

/// Returns the log lines about slots that pass while a run takes `seconds`.
async fn said_of_a_run(seconds: u64) -> Vec<String> {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (stage, _) = stage().await;
    stage.lasting(every("poll", 10), seconds);
    stage.until(11 + seconds).await;
    said.containing("skipped")
}

#[tokio::test(start_paused = true)]
async fn one_that_a_run_outlasts_is_a_warning() {
    assert_eq!(said_of_a_run(15).await, [one("WARN", 20, "overlap")]);
}

#[tokio::test(start_paused = true)]
async fn several_that_a_run_outlasts_are_one_warning() {
    assert_eq!(said_of_a_run(35).await, [several("WARN", (20, 40, 3), "overlap")]);
}

#[tokio::test(start_paused = true)]
async fn those_of_a_pause_are_no_warnings() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (stage, _) = stage().await;
    stage.lasting(every("poll", 10), 1);
    for (from, to) in [(5, 12), (15, 47)] {
        stage.until(from).await;
        stage.handle.pause("poll").unwrap();
        stage.until(to).await;
        stage.handle.resume("poll").unwrap();
    }
    assert_eq!(
        said.containing("skipped"),
        [one("INFO", 10, "paused"), several("INFO", (20, 40, 3), "paused")]
    );
}

#[tokio::test(start_paused = true)]
async fn those_that_passed_in_a_suspend_are_warnings() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (stage, seconds) = stage().await;
    stage.lasting(every("poll", 10).missed(Missed::Skip), 1);
    stage.until(12).await;
    seconds.store(35, Ordering::SeqCst);
    stage.until(21).await;
    // The newest is within the grace time, and runs.
    assert_eq!(said.containing("skipped"), [several("WARN", (20, 40, 3), "missed")]);
}

#[tokio::test(start_paused = true)]
async fn those_for_which_a_newer_one_runs_are_a_warning() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (stage, seconds) = stage().await;
    stage.lasting(every("poll", 10), 1);
    stage.until(12).await;
    seconds.store(35, Ordering::SeqCst);
    stage.until(21).await;
    assert_eq!(
        said.containing("missed slots were coalesced"),
        ["WARN message=missed slots were coalesced into a newer one manager=\"Stage\" task=\"poll\" \
             first=1970-01-01T00:00:20Z last=1970-01-01T00:00:40Z count=3 into=1970-01-01T00:00:50Z \
             outcome=\"coalesced\""]
    );
}

#[tokio::test(start_paused = true)]
async fn those_of_an_end_are_for_those_who_look_for_them() {
    let said = LogCapture::default();
    let _guard = said.listen();
    let (stage, _) = stage().await;
    let queued = every("poll", 10).overlap(Overlap::Queue);
    stage.task(queued, |_| async {
        tokio::time::sleep(Duration::from_secs(15)).await;
        Next::Never
    });
    stage.until(26).await;
    stage.handle.remove("poll").unwrap();
    stage.lasting(queued, 15);
    stage.until(47).await;
    stage.handle.stop();
    let _ = stage.stopped().await;
    assert_eq!(said.containing("skipped"), [one("DEBUG", 20, "done"), one("DEBUG", 46, "stopping")]);
}
