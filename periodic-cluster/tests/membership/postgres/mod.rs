mod faults;
mod hostile;
mod own;
mod tls;

use std::time::Duration;

use periodic_cluster::MembershipErrorKind;
use periodic_cluster::postgres::PostgresMembership;
use periodic_test_servers::Server;

use crate::fixture::Fixture;

struct Postgres(Server);

/// The database of every fixture.
fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

impl Fixture for Postgres {
    type Driver = PostgresMembership;

    async fn start() -> Option<Self> {
        Some(Self(Server::postgres().await?))
    }

    async fn connect(&self) -> PostgresMembership {
        PostgresMembership::connect(&url(self.0.port()).parse().unwrap()).await.unwrap()
    }

    fn down_time(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn url(&self) -> Option<String> {
        Some(url(self.0.port()))
    }

    async fn restart(&self) -> bool {
        self.0.kill();
        let error = PostgresMembership::connect(&url(self.0.port()).parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
        self.0.restart().await;
        true
    }
}

suite!(Postgres);
