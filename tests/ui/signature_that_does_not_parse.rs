#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task]
    fn audit(&self,, context: &u8) {}

    #[periodic_task]
    fn sound(&self) {}
}

struct Second;

#[periodic_manager]
impl Second {
    #[periodic_task]
    fn audit(&self) -> {}

    #[periodic_task]
    async fn sound(&self) {}
}

struct Third;

#[periodic_manager]
impl Third {
    #[periodic_task]
    async audit(&self) {}

    #[periodic_task]
    async fn sound(&self) {}
}

struct Fourth;

#[periodic_manager(open)]
impl Fourth {}

#[periodic_task(manager = Fourth)]
fn audit(fourth: &Fourth run: &periodic::task::Run) {}

#[periodic_manager]
trait Base {
    #[periodic_task]
    fn audit(&self,,) {}
}

struct Fifth;

impl Base for Fifth {}

#[periodic_manager(inherit(Base))]
impl Fifth {}

// The uses of a manager are no second mistake.
fn run(second: Second) {
    second.sound();
    let _ = periodic::Runner::builder(second);
}

fn main() {}
