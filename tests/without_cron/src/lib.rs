//! The messages about an attribute with `cron`, and about a settings file, where the feature is off: `expected.txt`, to
//! which `.ci/run` compares it.

#![cfg(feature = "cron-attribute")]
#![allow(dead_code, clippy::unused_self)]

use periodic::prelude::*;

struct Billing;

#[periodic_manager]
impl Billing {
    #[periodic_task(cron = "0 9 * * *", tz = "Europe/Berlin", dst = (gap = skip))]
    fn invoices(&self) {}

    #[periodic_task(spacing = 60)]
    fn reminders(&self) {}
}

fn settings() {
    let _ = Settings::load("billing.toml");
}
