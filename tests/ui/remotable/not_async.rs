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
    fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
