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
    async fn read(&self) -> Result<(), CallError> {
        let counter = std::rc::Rc::new(3);
        std::future::ready(()).await;
        drop(counter);
        Ok(())
    }
}

fn main() {}
