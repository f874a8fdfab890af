#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

use periodic::task::Run;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn audit(&self, run: &Run, again: &Run) {}
}

fn main() {}
