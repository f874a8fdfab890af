#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(jitter = "120%")]
    fn above(&self) {}

    #[periodic_task(jitter = "0%")]
    fn nothing(&self) {}

    #[periodic_task(spacing = 60, jitter = "1m")]
    fn as_long_as_the_spacing(&self) {}

    #[periodic_task(jitter = 0)]
    fn zero(&self) {}
}

fn main() {}
