#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

use periodic::task::Run;

#[periodic_manager(context = String)]
impl Compute {
    #[periodic_task]
    fn exclusive(&self, context: &mut String) {}

    #[periodic_task]
    fn by_value(&self, run: Run) {}
}

fn main() {}
