#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron(minute = 60, hour = 9, weekday = MON..=FRY))]
    fn two_mistakes(&self) {}

    #[periodic_task(cron(hour = 17..=9))]
    fn reversed(&self) {}

    #[periodic_task(cron(hour = [9, 12, 25, 17]))]
    fn in_a_list(&self) {}

    #[periodic_task(cron(minute = H(0..=60)))]
    fn in_a_hash(&self) {}

    #[periodic_task(cron(minute = 0..=30 / 45))]
    fn step(&self) {}

    #[periodic_task(cron(hour = 15W))]
    fn sign_of_another_field(&self) {}

    #[periodic_task(cron(hour = 1..5))]
    fn open_range(&self) {}

    #[periodic_task(cron(hour = 9 17))]
    fn without_a_comma(&self) {}

    #[periodic_task(cron(weekday = "MON-FRI"))]
    fn in_quotes(&self) {}

    #[periodic_task(cron(hour = { 9 }))]
    fn braces(&self) {}
}

fn main() {}
