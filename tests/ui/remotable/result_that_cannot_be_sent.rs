#![allow(unused)]

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

struct Plain;

#[derive(Serialize, Deserialize)]
struct Node {
    #[serde(skip)]
    home: Home,
}

#[remotable]
impl Node {
    #[remotable]
    async fn plain(&self) -> Result<Plain, CallError> {
        Ok(Plain)
    }

    #[remotable]
    async fn text(&mut self) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
