fn audit() {}
::core::compile_error! {
    "a task outside its manager's `impl` says to which open manager it belongs: `#[periodic_task(manager = SomeManager)]`"
}
