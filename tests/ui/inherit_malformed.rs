#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

#[periodic_manager]
trait Base {
    #[periodic_task]
    fn report(&self) {}
}

struct Compute;

#[periodic_manager(inherit(Base<u8>))]
impl Compute {}

impl Base for Compute {}

struct Network;

#[periodic_manager(inherit = Base, include(driver()))]
impl Network {}

impl Base for Network {}

struct Image;

#[periodic_manager(context = ())]
impl Image {
    #[periodic_task]
    fn sync(&self, context: &()) {}
}

fn main() {}
