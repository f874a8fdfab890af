#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

trait Base {}

impl Base for Compute {}

#[periodic_manager(inherit(Base))]
impl Compute {}

fn main() {}
