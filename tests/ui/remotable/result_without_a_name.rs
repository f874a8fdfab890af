#![allow(unused)]

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Node {
    #[serde(skip)]
    home: Home,
}

#[remotable]
impl Node {
    #[remotable]
    async fn hidden(home: &Home) -> impl Future<Output = ()> {
        async {}
    }
}

#[remotable]
trait Remote {
    #[remotable]
    async fn save(&mut self);
}

fn main() {}
