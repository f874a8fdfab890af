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

    #[periodic_task(cron = "CRON_TZ=America/New_York 0 9 * * *")]
    fn zone_before(&self) {}

    #[periodic_task(cron = "0 9 * * * Europe/Berlin")]
    fn zone_behind(&self) {}

    #[periodic_task(cron = "0 9 * * *")]
    fn space_that_does_not_break(&self) {}

    #[periodic_task(cron = "0 9 * * MON–FRI")]
    fn dash(&self) {}

    #[periodic_task(cron = "")]
    fn empty(&self) {}
}

fn main() {}
