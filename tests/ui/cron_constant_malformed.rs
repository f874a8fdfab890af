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

    #[periodic_task(cron = Self::ZONE)]
    fn zone(&self) {}

    #[periodic_task(cron = Self::DASH)]
    fn dash(&self) {}

    const ZONE: &str = "CRON_TZ=Asia/Tokyo 0 3 * * *";
    const DASH: &str = "0 9 * * MON–FRI";
    const NEVER: &str = "0 0 30 2 *";
    const WORDS: &str = "every day";
}

fn main() {}
