#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 9 * * *", spacing = 60, from = finish, align, initial_delay = 5)]
    fn all(&self) {}

    #[periodic_task(cron = "0 9 * * *", cron(hour = 9))]
    fn twice(&self) {}
}

fn main() {}
