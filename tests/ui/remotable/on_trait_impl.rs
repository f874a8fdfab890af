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
impl Clone for Node {
    fn clone(&self) -> Self {
        todo!()
    }
}

fn main() {}
