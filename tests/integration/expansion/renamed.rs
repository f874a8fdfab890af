mod deps {
    pub(super) use periodic as recurring;
}

use deps::recurring;

struct Compute;

#[recurring::periodic_manager(crate = deps::recurring, open)]
impl Compute {
    #[recurring::periodic_task]
    fn own(&self) {}
}

#[recurring::periodic_task(manager = Compute, crate = super::renamed::deps::recurring)]
fn second(_: &Compute, _: &recurring::task::Run) {}

#[recurring::periodic_task(manager = Compute, name = "first", crate = deps::recurring)]
fn other(_: &Compute) {}

#[recurring::periodic_task(manager = Compute, crate = deps::recurring)]
async fn third(_: &Compute) {}

#[test]
fn the_crate_may_be_found_elsewhere_and_outside_tasks_are_sorted() {
    assert_eq!(super::names(&Compute), ["Compute.own", "Compute.first", "Compute.second", "Compute.third"]);
}
