#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

const PERIOD: u64 = 5000;

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(fixedRate = 5000, initialDelay = 1500)]
    fn of_spring(&self) {}

    #[periodic_task(fixed_delay = 5000)]
    fn in_snake_case(&self) {}

    #[periodic_task(fixedRateString = "PT5S")]
    fn as_text(&self) {}

    #[periodic_task(fixed_rate = PERIOD)]
    fn as_a_constant(&self) {}

    #[periodic_task(minutes = 5)]
    fn of_python(&self) {}
}

fn main() {}
