#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(inline = true)]
    fn word(&self) {}

    #[periodic_task(run_immediately = 1)]
    fn flag(&self) {}

    #[periodic_task(enabled)]
    fn truth(&self) {}
}

fn main() {}
