#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 9 * * *", tz = "Europe/Belrin")]
    fn near(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "europe/berlin")]
    fn small_letters(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "New York")]
    fn city(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "PST")]
    fn abbreviation(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "+02:00")]
    fn offset(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "Middle-earth/Shire")]
    fn far(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "cest")]
    fn small_abbreviation(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "Europe/Berlin ")]
    fn with_a_space_that_does_not_break(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = "America–New_York")]
    fn with_a_dash(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = 2)]
    fn number(&self) {}

    #[periodic_task(cron = "0 9 * * *", tz = Europe/Berlin)]
    fn without_quotes(&self) {}
}

fn main() {}
