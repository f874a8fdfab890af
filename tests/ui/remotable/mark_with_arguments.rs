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
    // (the method is all that it can be told)
    #[remotable(name = "save")]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
