#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(name = "report")]
    fn audit(&self) {}

    #[periodic_task]
    fn report(&self) {}

    #[periodic_task(name = "audit")]
    fn no_clash_with_a_renamed_method(&self) {}
}

fn main() {}
