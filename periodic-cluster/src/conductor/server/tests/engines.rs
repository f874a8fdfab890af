//! The engine behind a conductor.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use periodic_runtime::service::ServiceIdentity;

use super::*;
use crate::{Capabilities, Changes, Member, Membership, MembershipError, Record};

/// An engine whose readings take a second, one after the other, with all other calls between them.
struct Engine {
    members: MemoryMembership,
    ends_silent: bool,
    connection: tokio::sync::Mutex<()>,
    readings: Arc<AtomicUsize>,
}

impl Engine {
    fn new(ends_silent: bool) -> Self {
        let (connection, readings) = (tokio::sync::Mutex::default(), Arc::default());
        Self { members: MemoryMembership::new(), ends_silent, connection, readings }
    }
}

impl Membership for Engine {
    fn capabilities(&self) -> Capabilities {
        Capabilities { ends_silent: self.ends_silent, ..self.members.capabilities() }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        self.members.record(service).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.members.join(service).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let _connection = self.connection.lock().await;
        self.members.beat(service).await
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.members.leave(service).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let _connection = self.connection.lock().await;
        self.readings.fetch_add(1, Relaxed);
        let members = self.members.members().await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        members
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        self.members.force_down(host, service, down).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        self.members.watch().await
    }
}

#[tokio::test]
async fn an_engine_that_keeps_silent_members_up_is_refused() {
    let group = ServiceGroup::new(Engine::new(false), ServiceGroup::DOWN_TIME);
    let refused = Server::new(&group, OPERATOR).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::InvalidInput);
    let text = refused.to_string();
    assert!(
        text.contains("expected an engine that ends members without heartbeats")
            && text.ends_with("such as PostgreSQL, etcd or SQLite"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_hundred_who_ask_for_all_members_share_two_readings_and_hold_up_no_heartbeat() {
    let engine = Engine::new(true);
    let readings = Arc::clone(&engine.readings);
    let conductor = Arc::new(Conductor::of(&ServiceGroup::new(engine, ServiceGroup::DOWN_TIME)));
    let service = r#"{"host":"node-1","binary":"nova-compute","topic":"compute","pid":1,"run":2}"#;
    assert_eq!(conductor.asks(OPERATOR, "/v1/record", service).await.0, 200);
    let mut greedy = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let conductor = Arc::clone(&conductor);
        greedy.spawn(async move { conductor.asks(NODE, "/v1/members", "null").await });
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    // A request that comes now gets the next reading, with the members of now.
    let other = service.replace("node-1", "node-2");
    assert_eq!(conductor.asks(OPERATOR, "/v1/record", &other).await.0, 200);
    let late = Arc::clone(&conductor);
    let late = tokio::spawn(async move { late.asks(NODE, "/v1/members", "null").await });
    let begun = Instant::now();
    assert_eq!(conductor.asks(OPERATOR, "/v1/beat", service).await.0, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    for (status, members) in greedy.join_all().await {
        assert!(status == 200 && members.contains("node-1"), "{members}");
    }
    assert!(late.await.unwrap().1.contains("node-2"));
    assert!((2..=3).contains(&readings.load(Relaxed)), "{readings:?}");
}
