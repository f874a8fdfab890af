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
impl<T> Pool<T> {
    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        Ok(())
    }
}

struct Pool<T>(T);

fn main() {}
