#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Silent;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn audit(&self) -> Result<(), Silent> {
        Err(Silent)
    }
}

fn main() {}
