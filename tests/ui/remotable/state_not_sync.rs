#![allow(unused)]

use std::cell::Cell;

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Node {
    #[serde(skip)]
    home: Home,
    count: Cell<u32>,
}

#[remotable]
impl Node {
    #[remotable]
    async fn read(&self) -> Result<u32, CallError> {
        Ok(self.count.get())
    }

    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

fn main() {}
