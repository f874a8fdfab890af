//! Each model in the orders of its threads, with up to two switches of a thread that could have gone on: with
//! more, the pool's models take minutes and hours.

use periodic_test_loom::{runner, task};

fn model(threads: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(threads);
}

#[test]
fn a_cancelled_token_wakes_its_waiter() {
    model(task::a_waiter_is_woken);
}

#[test]
fn a_waiter_that_gives_up_takes_no_wake_up_from_another() {
    model(task::a_waiter_that_gives_up_takes_no_wake_up_from_another);
}

#[test]
fn a_token_is_used_again_only_as_a_new_one() {
    model(task::a_token_is_used_again_only_as_a_new_one);
}

#[test]
fn no_call_of_a_worker_is_lost_on_one_thread() {
    model(|| runner::no_call_is_lost(None, false));
}

#[test]
fn no_call_of_a_worker_is_lost_on_several_threads() {
    model(|| runner::no_call_is_lost(Some(1), false));
}

#[test]
fn nor_where_a_run_awaits() {
    model(|| runner::no_call_is_lost(None, true));
    model(|| runner::no_call_is_lost(Some(1), true));
}
