//! A runner below a subscriber that takes INFO and no more, as services have it: records that no line of the log needs
//! may wait with the scheduler. Watchers, records, status and the end of the runner still have them.
//!
//! In a process of its own, because the levels of subscribers are noted once for the whole process.

use std::pin::pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};

use periodic::watch::{Event, Watcher};
use tracing::Level;

use super::stage::{Stage, every};

const CHILD: &str = "RUNS_BELOW_INFO";

#[test]
fn below_an_info_subscriber_nothing_is_kept_back() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "runner::info::child", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&child.stderr)
    );
}

/// No test by itself.
#[tokio::test(start_paused = true)]
async fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    tracing_subscriber::fmt().with_max_level(Level::INFO).with_writer(std::io::sink).init();
    watched().await;
    unwatched().await;
}

/// The next event, if it has come.
fn waiting(watcher: &mut Watcher) -> Option<Event> {
    match pin!(watcher.next()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(event) => event,
        Poll::Pending => None,
    }
}

async fn watched() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 0);
    let mut watcher = stage.handle.watch();
    for nth in 1..=3 {
        stage.until(10 * nth + 1).await;
        // Each is here by now, without a later one that would bring it along.
        let started = waiting(&mut watcher).unwrap();
        assert!(matches!(started, Event::RunStarted { .. }), "{started:?}");
        let Some(Event::SlotEnded(record)) = waiting(&mut watcher) else { panic!("the end of run {nth}") };
        assert_eq!(record.count, 1);
        assert!(waiting(&mut watcher).is_none());
    }
    stage.handle.stop();
    let _ = stage.stopped().await;
}

async fn unwatched() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 0);
    stage.until(35).await;
    assert_eq!(stage.outcomes("poll"), ["Ok x1"; 3]);
    stage.until(65).await;
    let status = stage.status("poll");
    assert_eq!((status.counters.ok, status.last_run.unwrap().count), (6, 1));
    stage.handle.stop();
    let stopped = stage.stopped().await;
    assert_eq!(stopped.status()[0].counters.ok, 6);
}
