#![allow(unused)]

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Node {
    #[serde(skip)]
    home: Home,
}

struct Plain {
    home: Home,
}

#[remotable]
impl Plain {
    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
