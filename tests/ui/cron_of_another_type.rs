#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

const HOUR: u32 = 9;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = 900)]
    fn number(&self) {}

    #[periodic_task(cron = nightly())]
    fn call(&self) {}

    #[periodic_task(cron)]
    fn nothing(&self) {}

    #[periodic_task(cron = HOUR)]
    fn constant(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = HOUR)]
    fn constant_zone(&self) {}
}

fn main() {}
