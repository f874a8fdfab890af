#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 0 30 2 *")]
    fn in_quotes(&self) {}

    #[periodic_task(cron(month = FEB, day = [30, 31]))]
    fn in_fields(&self) {}
}

fn main() {}
