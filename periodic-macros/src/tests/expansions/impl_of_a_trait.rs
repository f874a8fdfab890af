impl Base for Compute {
    fn report(&self) {}
}
#[doc(hidden)]
#[allow(
    deprecated,
    non_camel_case_types,
    non_upper_case_globals,
    unused_imports,
    unused_qualifications,
    unused_variables
)]
const _: () = {
    use ::periodic::__private as __periodic;
    use periodic_task as _;
};
::core::compile_error! {
    "`#[periodic_manager]` does not go on the impl of a trait; put it on `trait Base` itself, and on an inherent impl that says `#[periodic_manager(inherit(Base))]`"
}
