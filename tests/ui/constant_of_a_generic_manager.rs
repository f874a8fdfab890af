#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Pool<T>(T);

#[periodic_manager]
impl<T: Send + Sync + 'static> Pool<T> {
    const PERIOD: u64 = 30;

    #[periodic_task(spacing = Self::PERIOD)]
    fn poll(&self) {}

    #[periodic_task(spacing = T::PERIOD)]
    fn sync(&self) {}
}

#[periodic_manager]
trait Base {
    #[periodic_task(spacing = Self::PERIOD)]
    fn report(&self) {}
}

fn main() {}
