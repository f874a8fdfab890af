#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn sync(&self) {}

    #[periodic_task]
    fn sync(&self) {}
}

fn main() {}
