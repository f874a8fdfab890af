impl Compute {
    fn audit(&self) {}
}
#[doc(hidden)]
#[allow(
    non_camel_case_types,
    non_upper_case_globals,
    unused_imports,
    unused_qualifications,
    unused_variables
)]
const _: () = {
    use crate::deps::periodic::__private as __periodic;
    use my::periodic_task as _;
    static __TASKS: &[__periodic::TaskSpec] = &[
        __periodic::TaskSpec::new("audit").execution(__periodic::Execution::Blocking),
    ];
    enum __Row {
        task_audit,
    }
    impl __Row {
        const at_task_audit: u32 = Self::task_audit as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("compute");
            collector.tasks(__TASKS);
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                [__Row::at_task_audit] => {
                    __periodic::Call::Ready(__periodic::ended(Self::audit(self)))
                }
                _ => __periodic::Call::unknown_row("compute", row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Self> for Compute {
        fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self {
            self
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
