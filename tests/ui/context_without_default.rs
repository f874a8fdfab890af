#![allow(unused)]

use periodic::{Runner, Service, periodic_manager, periodic_task};

struct Request(&'static str);

struct Compute;

#[periodic_manager(context = Request)]
impl Compute {
    #[periodic_task]
    fn poll(&self, request: &Request) {}
}

fn first() {
    let _ = Runner::builder(Compute);
}

fn second() {
    let _ = Runner::builder_with(Compute, || Request("admin")).manager(Compute);
}

fn service() {
    let _ = Service::builder(Compute);
}

fn main() {}
