use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic::time::Timestamp;
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{
    Capabilities, Changes, Member, Membership, MembershipError, MembershipErrorKind, Presence, Record,
    ServiceIdentity,
};
use tokio::time::Instant;

/// The failure of a heartbeat.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    Hangs,
    Fails,
    /// The record is gone, until it is made again.
    NotFound,
}

/// Members in memory, of which a test writes down the calls, and lets some go wrong.
#[derive(Clone)]
pub(super) struct Driver {
    pub(super) members: MemoryMembership,
    begun: Instant,
    calls: Arc<Mutex<Vec<(&'static str, u64)>>>,
    fault: Arc<Mutex<Option<Fault>>>,
}

impl Driver {
    pub(super) fn new() -> Self {
        Self {
            members: MemoryMembership::new(),
            begun: Instant::now(),
            calls: Arc::default(),
            fault: Arc::default(),
        }
    }

    pub(super) fn break_down(&self, fault: Option<Fault>) {
        *self.fault.lock().unwrap() = fault;
    }

    /// The calls until now.
    pub(super) fn calls(&self) -> Vec<&'static str> {
        self.calls.lock().unwrap().iter().map(|(call, _)| *call).collect()
    }

    /// When it was called, in seconds after the beginning.
    pub(super) fn times(&self, call: &str) -> Vec<u64> {
        self.calls.lock().unwrap().iter().filter(|(one, _)| *one == call).map(|(_, at)| *at).collect()
    }

    fn note(&self, call: &'static str) {
        self.calls.lock().unwrap().push((call, self.begun.elapsed().as_secs()));
    }
}

impl Membership for Driver {
    fn capabilities(&self) -> Capabilities {
        self.members.capabilities()
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        self.note("record");
        self.break_down(None);
        self.members.record(service).await
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.note("join");
        self.members.join(service).await
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.note("beat");
        let fault = *self.fault.lock().unwrap();
        match fault {
            None => self.members.beat(service).await,
            Some(Fault::Hangs) => std::future::pending().await,
            Some(Fault::Fails) => Err(MembershipError::new(MembershipErrorKind::Store, "told to fail")),
            Some(Fault::NotFound) => Err(MembershipError::unknown(&service.host, &service.binary, &[])),
        }
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.note("leave");
        self.members.leave(service).await
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        self.note("members");
        self.members.members().await
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        self.members.force_down(host, service, down).await
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        self.members.watch().await
    }
}

pub(super) fn fake_service() -> ServiceIdentity {
    ServiceIdentity::new("fake-host", "nova-compute")
}

/// A member with a heartbeat of this age.
pub(super) fn seen(ago: Duration) -> Member {
    let presence = Presence::Heartbeat { age: i64::try_from(ago.as_nanos()).unwrap() };
    let mut member = Member::new("fake-host", "nova-compute", "compute", presence);
    (member.last_seen, member.report_count) = (Some(Timestamp::default()), 1);
    member
}
