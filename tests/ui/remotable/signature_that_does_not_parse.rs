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
    async fn save(&mut self,,) -> Result<(), CallError> {
        Ok(())
    }

    #[remotable]
    async fn read(&self) -> {
        Ok(())
    }

    #[remotable]
    async fn sound(&self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
