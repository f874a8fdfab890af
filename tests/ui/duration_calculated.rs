#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 60 * 60)]
    fn product(&self) {}

    #[periodic_task(spacing = Duration::from_secs(60))]
    fn call(&self) {}
}

fn main() {}
