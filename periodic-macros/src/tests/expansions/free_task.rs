/// Audits.
#[cfg(unix)]
pub async fn audit(manager: &Compute, run: &Run) {}
#[cfg(unix)]
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
    static __TASKS: &[__periodic::TaskSpec] = &[
        __periodic::TaskSpec::new("audit")
            .description("Audits.")
            .every(__periodic::Interval::from_secs(60i64)),
    ];
    fn __call<'call>(
        __manager: &'call nova::Compute,
        __given: __periodic::Given<
            'call,
            <nova::Compute as __periodic::PeriodicManager>::Owner,
            <nova::Compute as __periodic::PeriodicManager>::Context,
        >,
    ) -> __periodic::Call<'call> {
        use __periodic::OrNot as _;
        let __mark = (&__periodic::Probe::<nova::Compute>::NEW).periodic_mark();
        __mark.pending(audit(__manager, __periodic::Gives::give(__given)))
    }
    __periodic::inventory::submit! {
        < nova::Compute as __periodic::OpenManager > ::OPENER
        .entry(__periodic::OpenTask::new(__TASKS[0], __periodic::module_path!(), __call))
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
