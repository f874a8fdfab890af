use periodic::cluster::ServiceGroup;
use periodic::cluster::conductor::{Client, Server};
use periodic::cluster::remotable::Home;
use periodic::task::Cancellation;
use tokio::task::JoinSet;

use super::object::MyObj;

/// A conductor that knows `MyObj`, and ends with this value.
pub(super) struct Conductor {
    pub(super) client: Client,
    _serving: JoinSet<std::io::Result<()>>,
}

impl Conductor {
    pub(super) async fn start() -> Self {
        let group = ServiceGroup::connect("memory:").await.unwrap();
        let server = Server::new(&group, "hush-hush-hush-00")
            .unwrap()
            .object::<MyObj>(Home::with(String::from("conductor")));
        let bound = server.bind("127.0.0.1:0").await.unwrap();
        let client =
            Client::from_url(&format!("conductor+http://hush-hush-hush-00@{}", bound.local_addr())).unwrap();
        let mut serving = JoinSet::new();
        serving.spawn(bound.serve(Cancellation::default()));
        Self { client, _serving: serving }
    }
}

/// Runs a test with an object's home here, and at a conductor.
macro_rules! both {
    ($($(#[$doc:meta])* async fn $name:ident($home:ident) $body:block)*) => {
        $($(#[$doc])* #[tokio::test]
        async fn $name() {
            async fn test($home: periodic::cluster::remotable::Home) $body
            test(periodic::cluster::remotable::Home::here()).await;
            let conductor = crate::upstream::objects::scene::Conductor::start().await;
            test(periodic::cluster::remotable::Home::at(conductor.client.clone())).await;
        })*
    };
}

pub(super) use both;
