//! Engines that end signs of life by themselves, on real servers: the suite, and failures.

mod broken;
#[cfg(any(feature = "etcd", feature = "zookeeper"))]
mod ensemble;
#[cfg(feature = "etcd")]
mod etcd;
#[cfg(feature = "etcd")]
mod etcd_tls;
#[cfg(feature = "memcached")]
mod memcached;
#[cfg(feature = "zookeeper")]
mod raw;
mod unreadable;
#[cfg(feature = "zookeeper")]
mod zookeeper;
#[cfg(feature = "zookeeper")]
mod zookeeper_hostile;
#[cfg(feature = "zookeeper-tls")]
mod zookeeper_tls;

use std::marker::PhantomData;
use std::time::Duration;

use periodic_cluster::{Membership, MembershipError};
use periodic_test_servers::Server;

use crate::fixture::Fixture;

/// The shortest down time that all these engines accept.
const DOWN_TIME: Duration = Duration::from_secs(2);

pub(crate) trait Engine {
    type Driver: Membership;
    const SCHEME: &'static str;

    async fn server() -> Option<Server>;
    async fn open(url: &str, down_time: Duration) -> Result<Self::Driver, MembershipError>;
}

/// The engines with more than one server.
#[cfg(any(feature = "etcd", feature = "zookeeper"))]
pub(crate) trait Ensemble: Engine {
    async fn ensemble() -> Option<[Server; 3]>;
}

fn url<E: Engine>(addresses: &[String]) -> String {
    format!("{}://{}/fleet/a", E::SCHEME, addresses.join(","))
}

async fn open<E: Engine>(addresses: &[String]) -> E::Driver {
    E::open(&url::<E>(addresses), DOWN_TIME).await.unwrap()
}

struct One<E>(Server, PhantomData<E>);

impl<E: Engine> Fixture for One<E> {
    type Driver = E::Driver;

    async fn start() -> Option<Self> {
        Some(Self(E::server().await?, PhantomData))
    }

    async fn connect(&self) -> E::Driver {
        open::<E>(&[self.0.address()]).await
    }

    async fn connect_for(&self, down_time: Duration) -> E::Driver {
        E::open(&url::<E>(&[self.0.address()]), down_time).await.unwrap()
    }

    fn down_time(&self) -> Duration {
        DOWN_TIME
    }

    fn url(&self) -> Option<String> {
        Some(url::<E>(&[self.0.address()]))
    }

    async fn restart(&self) -> bool {
        self.0.restart().await;
        true
    }
}

macro_rules! tests {
    ($engine:ty) => {
        suite!(crate::coordinated::One<$engine>);
        crate::coordinated::tests!($engine, broken::a_server_that_is_killed, broken::a_server_that_stands_still,
            broken::a_connection_that_is_away_too_long, broken::answers_that_are_lost, broken::a_silent_connection);
    };
    ($engine:ty, $($module:ident::$name:ident),*) => {
        $(#[tokio::test]
        async fn $name() {
            crate::coordinated::$module::$name::<$engine>().await;
        })*
    };
}

use tests;
