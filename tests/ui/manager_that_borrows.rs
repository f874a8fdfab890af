#![allow(unused)]

use periodic::{periodic_manager, periodic_task};

struct Borrowing<'a>(&'a str);

#[periodic_manager]
impl<'a> Borrowing<'a> {
    #[periodic_task]
    fn audit(&self) {}
}

struct Anonymous<'a>(&'a str);

#[periodic_manager]
impl Anonymous<'_> {
    #[periodic_task]
    async fn audit(&self) {}
}

struct Holding<T>(T);

#[periodic_manager]
impl Holding<Option<&str>> {
    #[periodic_task]
    async fn audit(&self) {}
}

#[periodic_manager]
impl Elided {
    #[periodic_task]
    async fn audit(&self) {}
}

struct Elided<'a>(&'a str);

fn main() {}
