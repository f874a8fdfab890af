#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = true)]
    fn truth(&self) {}

    #[periodic_task(spacing = b"60")]
    fn bytes(&self) {}
}

fn main() {}
