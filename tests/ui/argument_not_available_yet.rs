#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(scope = cluster)]
    fn audit(&self) {}
}

fn main() {}
