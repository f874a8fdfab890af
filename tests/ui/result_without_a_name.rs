#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

use std::fmt::Debug;

struct Compute;

#[periodic_manager(inherit(Base))]
impl Compute {
    #[periodic_task]
    fn future(&self) -> impl Future<Output = ()> + Send {
        async {}
    }

    #[periodic_task]
    async fn shown(&self) -> impl Debug {
        3
    }
}

// Those who inherit such a trait get no error of their own.
#[periodic_manager]
trait Base {
    #[periodic_task]
    fn future(&self) -> impl Future<Output = ()> + Send {
        async {}
    }

    #[periodic_task]
    fn without_self() {}

    #[periodic_task]
    fn generic<T>(&self) {}

    #[periodic_task]
    fn sound(&self) {}
}

impl Base for Compute {}

fn main() {}
