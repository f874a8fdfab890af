#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::rc::Rc;

#[periodic_manager]
trait Base {
    #[periodic_task]
    async fn provided(&self) {
        let counter = Rc::new(3);
        std::future::ready(()).await;
        drop(counter);
    }

    #[periodic_task]
    async fn required(&self);
}

struct Compute;

impl Base for Compute {
    async fn required(&self) {
        let counter = Rc::new(3);
        std::future::ready(()).await;
        drop(counter);
    }
}

#[periodic_manager(inherit(Base), open)]
impl Compute {}

#[periodic_task(manager = Compute)]
async fn outside(compute: &Compute) {
    let counter = Rc::new(3);
    std::future::ready(()).await;
    drop(counter);
}

fn main() {}
