#![allow(unused)]

use std::sync::Arc;

use periodic::{Runner, Service, periodic_manager, periodic_task};

struct Plain;

fn runner() {
    let _ = Runner::builder(Plain);
}

fn shared() {
    let _ = Runner::builder(Arc::new(Plain));
}

fn service() {
    let _ = Service::builder(Plain);
}

fn main() {}
