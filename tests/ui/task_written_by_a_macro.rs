#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

macro_rules! task {
    ($name:ident) => {
        #[periodic_task(spacing = 60)]
        fn $name(&self) {}
    };
}

#[periodic_manager]
impl Compute {
    task!(audit);

    #[periodic_task]
    fn sync(&self) {}
}

fn main() {}
