fn audit() {}
::core::compile_error! {
    "a task outside its manager's `impl` must name an open manager: `#[periodic_task(manager = SomeManager)]`"
}
