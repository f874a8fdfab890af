#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Compute;

#[periodic_manager]
impl Compute {
    #[periodic_task(name = "")]
    fn empty(&self) {}

    #[periodic_task(name = "driver.poll")]
    fn dotted(&self) {}

    #[periodic_task(name = "poll nodes")]
    fn spaced(&self) {}

    #[periodic_task(name = "poll*")]
    fn starred(&self) {}

    #[periodic_task(name = "\u{1b}[2Jpoll")]
    fn controlling(&self) {}

    #[periodic_task(name = "poll\u{202e}")]
    fn turned(&self) {}

    #[periodic_task(name = "a_name_of_more_than_255_bytes_______________________________________________________________________________________________________________________________________________________________________________________________________________________________________")]
    fn long(&self) {}

    #[periodic_task(name = poll)]
    fn unquoted(&self) {}
}

fn main() {}
