#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(context = 5, include(), inherit)]
impl Compute {
    #[periodic_task]
    fn audit(&self, context: &u8) {}
}

struct Quoted;

#[periodic_manager(crate = "periodic")]
impl Quoted {}

fn main() {}
