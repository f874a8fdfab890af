mod crowded;
mod hostile;
mod links;
mod own;
mod serving;
mod tls;
mod tokens;

use std::time::Duration;

use periodic_cluster::conductor::Client;
use periodic_cluster::memory::MemoryMembership;
use periodic_cluster::{Membership as _, MembershipErrorKind, ServiceGroup};

use self::serving::Serving;
use crate::fixture::{Fixture, compute};

/// Members in memory, which a conductor on a port of the loopback serves.
struct Conductor(Serving);

impl Conductor {
    fn client(&self) -> Client {
        Client::from_url(&self.0.url()).unwrap()
    }
}

impl Fixture for Conductor {
    type Driver = Client;

    async fn start() -> Option<Self> {
        Some(Self(
            Serving::start(ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME), None).await,
        ))
    }

    async fn connect(&self) -> Client {
        let client = self.client();
        client.ping().await.unwrap();
        client
    }

    fn down_time(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn url(&self) -> Option<String> {
        Some(self.0.url())
    }

    async fn restart(&self) -> bool {
        self.0.stop().await;
        let error = self.client().beat(&compute("node-1")).await.unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
        self.0.begin().await;
        true
    }
}

suite!(Conductor);
