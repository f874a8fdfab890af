#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 24 * * *")]
    fn out_of_range(&self) {}

    #[periodic_task(cron = "0 9 * * MON-FRY")]
    fn unknown_name(&self) {}

    #[periodic_task(cron = "0 17-9 * * *")]
    fn reversed(&self) {}

    #[periodic_task(cron = "0 9 * *")]
    fn too_few_fields(&self) {}

    #[periodic_task(cron = "@dayly")]
    fn shorthand(&self) {}

    #[periodic_task(cron = "")]
    fn empty(&self) {}
}

fn main() {}
