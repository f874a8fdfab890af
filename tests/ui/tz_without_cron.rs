#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(spacing = 60, tz = "Europe/Berlin", dst = (gap = skip))]
    fn bill(&self) {}

    #[periodic_task(cron = "0 99 * * *", tz = "Europe/Berlin")]
    fn with_a_mistake_in_it(&self) {}
}

fn main() {}
