#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

const NEGATIVE: i32 = -5;
const MALFORMED: &str = "5x";
const LONG: u64 = 3600;

#[periodic_manager]
impl Compute {
    #[periodic_task(timeout = NEGATIVE)]
    fn negative(&self) {}

    #[periodic_task(spacing = MALFORMED)]
    fn malformed(&self) {}

    #[periodic_task(timeout = LONG)]
    fn longer_than_the_spacing(&self) {}

    #[periodic_task(spacing = Self::PERIOD, jitter = 30)]
    fn jitter(&self) {}

    #[periodic_task(grace = NEGATIVE, initial_delay = NEGATIVE)]
    fn before_the_start(&self) {}

    const PERIOD: u64 = 30;
}

fn main() {}
