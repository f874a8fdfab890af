//! nova, `test_mc_servicegroup.py`.

use periodic_cluster::memcached::MemcachedMembership;
use periodic_cluster::{Membership, ServiceGroup, ServiceIdentity};
use periodic_runtime::service::Registry;
use periodic_test_servers::Server;

use super::{Engine, Memcached, client};
use crate::coordinated::open;
use crate::fixture::{enter, is_up};

/// Nova calls it `compute:fake-host`.
const KEY: &str = "/fleet/a/alive/nova-compute@fake-host";

fn fake_service() -> ServiceIdentity {
    ServiceIdentity::new("fake-host", "nova-compute")
}

async fn driver(server: &Server) -> MemcachedMembership {
    open::<Memcached>(&[server.address()]).await
}

#[tokio::test]
async fn test_is_up() {
    let Some(server) = Memcached::server().await else { return };
    let group = ServiceGroup::new(driver(&server).await, ServiceGroup::DOWN_TIME);
    Registry::record(&group, &fake_service()).await.unwrap();
    assert!(!group.is_up_of("fake-host", "nova-compute").await.unwrap());
    client(&server).await.set(KEY, "whatever is there").await;
    assert!(group.is_up_of("fake-host", "nova-compute").await.unwrap());
}

#[tokio::test]
async fn test_join() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    driver.record(&fake_service()).await.unwrap();
    let mut cache = client(&server).await;
    assert!(cache.get(KEY).await.is_none());
    driver.join(&fake_service()).await.unwrap();
    assert!(cache.get(KEY).await.is_some());
}

#[tokio::test]
async fn test_report_state() {
    let Some(server) = Memcached::server().await else { return };
    let driver = driver(&server).await;
    enter(&driver, &fake_service()).await;
    let mut cache = client(&server).await;
    for reports in 1..=3 {
        cache.delete(KEY).await;
        driver.beat(&fake_service()).await.unwrap();
        assert!(cache.get(KEY).await.is_some());
        assert_eq!(driver.members().await.unwrap()[0].report_count, reports);
    }
}

#[tokio::test]
async fn test_get_updated_time() {
    let Some(server) = Memcached::server().await else { return };
    let (driver, group) =
        (driver(&server).await, ServiceGroup::new(driver(&server).await, ServiceGroup::DOWN_TIME));
    let updated_at = async || group.updated_at("fake-host", "nova-compute").await.unwrap();
    driver.record(&fake_service()).await.unwrap();
    let created_at = group.members().await.unwrap()[0].created_at;
    assert_eq!(updated_at().await, created_at, "never seen");
    driver.join(&fake_service()).await.unwrap();
    let joined = updated_at().await;
    assert!(joined > created_at);
    driver.beat(&fake_service()).await.unwrap();
    let beaten = updated_at().await;
    assert!(beaten > joined);
    client(&server).await.delete(KEY).await;
    assert_eq!(updated_at().await, beaten, "the record knows it when the key has run out");
}

#[tokio::test]
async fn test_get_all() {
    let Some(server) = Memcached::server().await else { return };
    let (driver, group) =
        (driver(&server).await, ServiceGroup::new(driver(&server).await, ServiceGroup::DOWN_TIME));
    driver.record(&ServiceIdentity::new("fake-host1", "nova-compute")).await.unwrap();
    enter(&driver, &ServiceIdentity::new("fake-host2", "nova-compute")).await;
    assert_eq!(group.members().await.unwrap().len(), 2);
    assert!(!is_up(&group, "fake-host1").await && is_up(&group, "fake-host2").await);
}
