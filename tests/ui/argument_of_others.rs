#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(every = 60, immediate)]
    fn spacing(&self) {}

    #[periodic_task(schedule = "0 9 * * *", timezone = "Europe/Berlin", run_at_start)]
    fn cron(&self) {}
}

fn main() {}
