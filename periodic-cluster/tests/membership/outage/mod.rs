//! A service during and after an outage of its store.

mod ticker;

use std::time::{Duration, Instant};

use periodic::service::ServiceIdentity;
use periodic::settings::ServiceOptions;
use periodic::{Service, Settings};
use periodic_cluster::{Member, ServiceGroup};
use periodic_test_support::LogCapture;

use self::ticker::Ticker;
use crate::fixture::until;

const INTERVAL: Duration = Duration::from_secs(2);
pub(crate) const DOWN_TIME: Duration = Duration::from_secs(5);

/// Runs a service over `url` while `store` is broken for longer than the down time, and repaired again.
///
/// `observer` reaches the store by another way, and has [`DOWN_TIME`]. The future must run on one thread, on which its log is captured.
pub(crate) async fn is_outlived(
    url: &str,
    observer: ServiceGroup,
    broken: impl AsyncFnOnce(),
    mended: impl AsyncFnOnce(),
) {
    let said = LogCapture::default();
    let _guard = said.listen();
    let ticker = Ticker::default();
    let settings = Settings::new().service(|options: &mut ServiceOptions| {
        options.periodic_fuzzy_delay = Duration::ZERO;
        options.report_interval = INTERVAL;
        options.service_down_time = DOWN_TIME;
    });
    let service = Service::builder(ticker.clone())
        .host("node-1")
        .binary("test-worker")
        .settings(settings)
        .registry(ServiceGroup::connect_with(url, DOWN_TIME).await.unwrap())
        .build()
        .unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(service.run_until(async move {
        let _ = stopped.await;
    }));
    until("the first heartbeats", async || beats(&observer).await >= 2).await;

    broken().await;
    until("the loss is told", async || !said.containing("a heartbeat failed").is_empty()).await;
    tokio::time::sleep(DOWN_TIME + INTERVAL).await;
    // An unreachable store cannot report that the member is down.
    if let Ok(Ok(members)) = tokio::time::timeout(Duration::from_secs(1), observer.members()).await {
        assert!(!observer.is_up(&members[0]), "it is down: {members:?}");
    }
    let begun = Instant::now();
    mended().await;
    let up = async || observer.is_up(&member(&observer).await);
    until("it is up again", up).await;
    assert!(begun.elapsed() <= 2 * INTERVAL, "membership is right again after {:?}", begun.elapsed());

    let now = beats(&observer).await;
    until("beats go on", async || beats(&observer).await >= now + 2).await;
    assert_eq!(said.containing("a heartbeat failed").len(), 1, "{said:?}");
    assert_eq!(said.containing("heartbeats succeed again").len(), 1, "{said:?}");
    assert_eq!(said.containing("WARN").len(), 1, "{said:?}");
    let late = ticker.longest_gap();
    assert!(late < Duration::from_secs(2), "a task came late by more than its own tick: {late:?}");

    stop.send(()).unwrap();
    let _ = running.await.unwrap().unwrap();
    assert!(!up().await, "it has left");
}

async fn beats(group: &ServiceGroup) -> u64 {
    let members = group.members().await.unwrap_or_default();
    members.first().map_or(0, |member| member.report_count)
}

/// Returns the only member. A store that has just restarted may need a moment.
async fn member(group: &ServiceGroup) -> Member {
    until("the store answers", async || group.members().await.is_ok_and(|members| members.len() == 1)).await;
    let member = group.members().await.unwrap().remove(0);
    assert_eq!(ServiceIdentity::new(&member.host, &member.binary).to_string(), "worker on node-1");
    member
}
