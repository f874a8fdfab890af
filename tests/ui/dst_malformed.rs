#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 9 * * *", dst = skip)]
    fn without_parts(&self) {}

    #[periodic_task(cron = "0 9 * * *", dst = ())]
    fn empty(&self) {}

    #[periodic_task(cron = "0 9 * * *", dst = (gap = last))]
    fn choice(&self) {}

    #[periodic_task(cron = "0 9 * * *", dst(overlaps = twice))]
    fn part(&self) {}

    #[periodic_task(cron = "0 9 * * *", dst = (gap = skip, gap = first))]
    fn twice(&self) {}

    #[periodic_task(cron = "0 9 * * *", dst = (gap = skp, overlap = twce))]
    fn two_mistakes(&self) {}
}

fn main() {}
