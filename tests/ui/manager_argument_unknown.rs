#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(contxt = u8, tasks)]
impl Compute {
    #[periodic_task]
    fn audit(&self, context: &u8) {}
}

fn main() {}
