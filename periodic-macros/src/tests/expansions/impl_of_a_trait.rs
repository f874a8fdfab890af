impl Base for Compute {
    fn report(&self) {}
}
::core::compile_error! {
    "`#[periodic_manager]` does not go on the impl of a trait; put it on `trait Base` itself, and on an inherent impl that says `#[periodic_manager(inherit(Base))]`"
}
