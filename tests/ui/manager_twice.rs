#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager(context = u8)]
impl Compute {
    #[periodic_task]
    fn audit(&self, context: &u8) {}
}

#[periodic_manager(context = u16)]
impl Compute {
    #[periodic_task]
    async fn sync(&self, context: &u16) {}
}

struct Driver;

#[periodic_manager]
impl Driver {}

struct Pool<T>(T, Driver);

#[periodic_manager(include(1))]
impl<T: Send + Sync + 'static> Pool<T> {
    #[periodic_task]
    fn audit(&self) {}
}

#[periodic_manager(include(1))]
impl Pool<u8> {
    #[periodic_task(inline)]
    async fn sync(&self) {}
}

fn main() {}
