#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Open;

#[periodic_manager(open)]
impl Open {}

#[periodic_task(manager = &Open)]
fn borrowed(manager: &Open) {}

#[periodic_task(manager = "Open")]
fn quoted(manager: &Open) {}

#[periodic_task(manager(Open))]
fn listed(manager: &Open) {}

fn main() {}
