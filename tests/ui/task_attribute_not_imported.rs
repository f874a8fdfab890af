#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

mod inner {
    struct Compute;

    #[periodic::periodic_manager]
    impl Compute {
        #[periodic_task(spacing = 60)]
        fn audit(&self) {}
    }
}

fn main() {}
