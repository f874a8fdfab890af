#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Other;

#[periodic_manager(open)]
impl Compute {}

#[periodic_task(manager = Compute, spacing = 60)]
fn audit(manager: &Other) {
    let _ = manager;
}

fn main() {}
