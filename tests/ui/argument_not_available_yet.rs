#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(cron = "0 3 * * *", tz = "Europe/Berlin", scope = cluster)]
    fn audit(&self) {}
}

fn main() {}
