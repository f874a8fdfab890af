#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing)]
    fn bare(&self) {}

    #[periodic_task(timeout = , inline)]
    fn empty(&self) {}
}

fn main() {}
