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
    async fn get(host: String) -> Result<Self, CallError> {
        todo!()
    }
}

fn main() {}
