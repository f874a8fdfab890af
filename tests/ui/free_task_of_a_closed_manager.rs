#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {}

#[periodic_task(manager = Compute, spacing = 60)]
fn audit(manager: &Compute) {
    let _ = manager;
}

fn main() {}
