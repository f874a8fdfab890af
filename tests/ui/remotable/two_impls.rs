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
    async fn get(home: &Home) -> Result<Self, CallError> {
        Ok(Self { home: home.clone() })
    }
}

#[remotable]
impl Node {
    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
