#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(context = u8)]
trait Base {
    #[periodic_task]
    fn report(&self, context: &u8) {}
}

impl Base for Compute {}

#[periodic_manager(inherit(Base), context = u16)]
impl Compute {}

fn main() {}
