#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

struct Pool<T>(T);

#[periodic_manager(open)]
impl<T: Send + Sync + 'static> Pool<T> {}

fn main() {}
