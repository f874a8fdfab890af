impl Compute {
    fn audit(&self) {}
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
    use crate::deps::periodic::__private as __periodic;
    use my::periodic_task as _;
    static __TASKS: [__periodic::TaskSpec; 1] = [
        __periodic::TaskSpec::new("audit").execution(__periodic::Execution::Blocking),
    ];
    enum __Row {
        task_audit,
    }
    impl __Row {
        const at_task_audit: __periodic::u32 = Self::task_audit as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), (), __Row>>::CHECKED },
        >,
    {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("compute");
            __collector.tasks(&__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), ()>,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<(), (), __Row>::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<(), (), __Row> for Compute {
        const CHECKED: __periodic::u8 = {
            use __periodic::OrNot as _;
            let _ = || {
                (&__periodic::Probe::<Self>::NEW).periodic_mark().check::<Self>();
            };
            __periodic::CHECKED
        };
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), ()>,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_audit] => {
                    __periodic::Call::Ready(__periodic::ended(Self::audit(self)))
                }
                _ => __periodic::Call::unknown_row("compute", __row),
            }
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
