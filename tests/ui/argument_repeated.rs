#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 60, inline, spacing = "1m")]
    fn audit(&self) {}
}

fn main() {}
