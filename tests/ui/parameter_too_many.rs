#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

use periodic::task::Run;

#[periodic_manager(context = String, owner = u8)]
impl Compute {
    #[periodic_task]
    fn audit(&self, run: &Run, context: &String, owner: &u8, more: &u16) {}
}

fn main() {}
