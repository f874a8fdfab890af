#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

const OUT_OF_RANGE: &str = "0 24 * * *";

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = OUT_OF_RANGE)]
    fn out_of_range(&self) {}

    #[periodic_task(cron = Self::NEVER)]
    fn never(&self) {}

    #[periodic_task(cron = Self::WORDS)]
    fn words(&self) {}

    const NEVER: &str = "0 0 30 2 *";
    const WORDS: &str = "every day";
}

fn main() {}
