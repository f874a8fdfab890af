use periodic_cluster::MembershipError;
use periodic_cluster::etcd::EtcdMembership;
use periodic_test_servers::Server;

use super::{DOWN_TIME, Engine, Ensemble};

struct Etcd;

impl Engine for Etcd {
    type Driver = EtcdMembership;
    const SCHEME: &'static str = "etcd";

    async fn server() -> Option<Server> {
        Server::etcd().await
    }

    async fn open(url: &str) -> Result<EtcdMembership, MembershipError> {
        EtcdMembership::connect(&url.parse()?, DOWN_TIME).await
    }
}

impl Ensemble for Etcd {
    async fn ensemble() -> Option<[Server; 3]> {
        Server::etcd_ensemble().await
    }
}

super::tests!(Etcd);
super::tests!(Etcd, ensemble::one_of_three_is_lost, ensemble::one_of_three_stands_still);
