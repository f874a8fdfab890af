#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(overlap = skp)]
    fn near(&self) {}

    #[periodic_task(missed = never)]
    fn far(&self) {}

    #[periodic_task(from = end)]
    fn from(&self) {}
}

fn main() {}
