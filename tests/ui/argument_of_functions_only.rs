#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(manager = Compute, crate = ::periodic)]
    fn audit(&self) {}
}

fn main() {}
