#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron(min = 0, hours = 9, dow = MON))]
    fn near(&self) {}

    #[periodic_task(cron(hour = 9, colour = 5))]
    fn far(&self) {}

    #[periodic_task(cron(hour = 9, year = 2030))]
    fn year(&self) {}

    #[periodic_task(cron(hour = 9, tz = "Europe/Berlin"))]
    fn zone(&self) {}

    #[periodic_task(cron(hour = 9, hour = 17))]
    fn twice(&self) {}

    #[periodic_task(cron(hour))]
    fn without_a_value(&self) {}

    #[periodic_task(cron())]
    fn none(&self) {}
}

fn main() {}
