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
    static __TASKS: [__periodic::TaskSpec; {
        let __rows: &[()] = &[#[cfg(unix)] ()];
        __rows.len()
    }] = [
        #[cfg(unix)]
        __periodic::TaskSpec::new("audit")
            .description("Audits.")
            .every(__periodic::Interval::from_secs(60i64)),
    ];
    __periodic::inventory::submit! {
        < nova::Compute as __periodic::OpenManager > ::OPENER.entry(& __TASKS[0],
        __periodic::module_path!(), | __manager, __given | { use __periodic::OrNot as _;
        let __mark = (& __given.probe(__manager)).periodic_mark(); __mark
        .pending(audit(__manager, __periodic::Gives::give(__given))) })
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
