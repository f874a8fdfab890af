#![allow(unused)]

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Node {
    #[serde(skip)]
    home: Home,
}

#[derive(Serialize, Deserialize)]
struct Homeless {}

#[remotable]
impl Homeless {
    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
