use std::time::Duration;

use periodic_cluster::{Changes, MemberChange, Membership, MembershipError, ServiceGroup, ServiceIdentity};

/// A store for one test.
pub(crate) trait Fixture: Sized {
    type Driver: Membership;

    /// Starts an empty store. Returns `None` if its server is not installed; stderr then says so.
    async fn start() -> Option<Self>;

    /// Creates a separate connection, as another node has. Dropping it has the effect of the node's death.
    async fn connect(&self) -> Self::Driver;

    /// Connects as another node, with `down_time` for the engines that end dead members themselves.
    async fn connect_for(&self, down_time: Duration) -> Self::Driver {
        let _ = down_time;
        self.connect().await
    }

    /// Returns the time after which a dead member is down.
    fn down_time(&self) -> Duration;

    /// Creates a connection of a node whose clock is ahead by `seconds`; `None` if the driver does not read the node's
    /// clock.
    async fn connect_ahead(&self, seconds: i64) -> Option<Self::Driver> {
        let _ = seconds;
        None
    }

    /// Returns the URL of the store for other processes; `None` if they cannot use it.
    fn url(&self) -> Option<String> {
        None
    }

    /// Stops the store, and starts it again with the data that its engine keeps. Returns `false` if it cannot be
    /// stopped.
    async fn restart(&self) -> bool {
        false
    }

    async fn group(&self) -> ServiceGroup {
        ServiceGroup::new(self.connect().await, self.down_time())
    }
}

/// Creates a compute service of this process.
pub(crate) fn compute(host: &str) -> ServiceIdentity {
    ServiceIdentity::new(host, "nova-compute")
}

/// Creates the same service in another process of the same host.
pub(crate) fn another(service: &ServiceIdentity) -> ServiceIdentity {
    let mut another = service.clone();
    another.pid += 1;
    another
}

/// Records the service and lets it join.
pub(crate) async fn enter(driver: &impl Membership, service: &ServiceIdentity) {
    driver.record(service).await.unwrap();
    driver.join(service).await.unwrap();
}

/// Asks until the answer is yes. Panics after a time that no correct test needs.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, holds: impl Fn() -> F) {
    let asked = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(90), asked)
        .await
        .unwrap_or_else(|_| panic!("never came: {what}"));
}

/// Whether the compute service of `host` is up; `false` if the store does not answer.
pub(crate) async fn is_up(group: &ServiceGroup, host: &str) -> bool {
    group.is_up_of(host, "nova-compute").await.unwrap_or(false)
}

/// Returns the next matching change. Others, such as heartbeats, are skipped.
pub(crate) async fn next(changes: &mut Changes, wanted: impl Fn(&MemberChange) -> bool) -> MemberChange {
    let found = async {
        loop {
            match changes.next().await {
                None => panic!("the watch has ended"),
                Some(Ok(change)) if wanted(&change) => return change,
                Some(Ok(_) | Err(MembershipError { .. })) => {}
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(90), found).await.expect("the change never came")
}

/// Lets the compute service of `host` join, and beats until the watch reports it: a silent member may be down before a
/// watch that has lost its server begins again.
#[cfg(any(feature = "etcd", feature = "memcached", feature = "zookeeper"))]
pub(crate) async fn joins(driver: &impl Membership, changes: &mut Changes, host: &str) {
    let service = compute(host);
    until("it joins", async || driver.record(&service).await.is_ok() && driver.join(&service).await.is_ok())
        .await;
    let told = next(changes, |change| matches!(change, MemberChange::Joined(new) if new.host == host));
    let beats = async {
        loop {
            // The store may be unreachable for a moment.
            let _ = driver.beat(&service).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::select! {
        _ = told => {}
        () = beats => {}
    }
}
