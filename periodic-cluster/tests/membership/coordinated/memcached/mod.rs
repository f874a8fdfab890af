mod cache;
mod faults;
mod hostile;
mod own;
mod upstream;

use std::time::Duration;

use periodic_cluster::MembershipError;
use periodic_cluster::memcached::MemcachedMembership;
use periodic_test_servers::Server;

use self::cache::Cache;
use super::Engine;

struct Memcached;

impl Engine for Memcached {
    type Driver = MemcachedMembership;
    const SCHEME: &'static str = "memcached";

    async fn server() -> Option<Server> {
        Server::memcached().await
    }

    async fn open(url: &str, down_time: Duration) -> Result<MemcachedMembership, MembershipError> {
        let driver = MemcachedMembership::connect(&url.parse()?, down_time).await?;
        Ok(driver.poll(Duration::from_millis(100)))
    }
}

super::tests!(Memcached);

/// For requests that only a test, another program or an operator sends.
async fn client(server: &Server) -> Cache {
    Cache::connect(&server.address()).await
}
