#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

const HOUR: u64 = 3_600;

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 60 * 60)]
    fn product(&self) {}

    #[periodic_task(spacing = Duration::from_secs(60))]
    fn call(&self) {}

    #[periodic_task(spacing = HOUR * 2)]
    fn product_of_a_constant(&self) {}

    #[periodic_task(spacing = self.spacing)]
    fn field(&self) {}
}

fn main() {}
