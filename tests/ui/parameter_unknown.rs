#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Context;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn audit(&self, context: &Context) {}
}

fn main() {}
