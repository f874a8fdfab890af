use periodic_cluster::MembershipError;
use periodic_cluster::zookeeper::ZookeeperMembership;
use periodic_test_servers::Server;

use super::{DOWN_TIME, Engine, Ensemble};

struct Zookeeper;

impl Engine for Zookeeper {
    type Driver = ZookeeperMembership;
    const SCHEME: &'static str = "zookeeper";

    async fn server() -> Option<Server> {
        Server::zookeeper().await
    }

    async fn open(url: &str) -> Result<ZookeeperMembership, MembershipError> {
        ZookeeperMembership::connect(&url.parse()?, DOWN_TIME).await
    }
}

impl Ensemble for Zookeeper {
    async fn ensemble() -> Option<[Server; 3]> {
        Server::zookeeper_ensemble().await
    }
}

super::tests!(Zookeeper);
super::tests!(Zookeeper, ensemble::one_of_three_is_lost, ensemble::one_of_three_stands_still);
