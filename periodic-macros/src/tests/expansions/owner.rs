impl Ipmi {
    async fn check(&self, conductor: &Conductor) {}
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
    static __TASKS: [__periodic::TaskSpec; 1] = [__periodic::TaskSpec::new("check")];
    enum __Row {
        task_check,
    }
    impl __Row {
        const at_task_check: __periodic::u32 = Self::task_check as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Ipmi
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<Conductor, (), __Row>>::CHECKED },
        >,
        for<'any> Conductor: __periodic::Assumed<
            { <Self as __periodic::Tasks<Conductor, (), __Row>>::CHECKED },
        >,
    {
        type Context = ();
        type Owner = Conductor;
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Ipmi");
            __collector.tasks(&__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, Conductor, ()>,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<Conductor, (), __Row>::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<Conductor, (), __Row> for Ipmi {
        const CHECKED: __periodic::u8 = {
            use __periodic::OrNot as _;
            let _ = || {
                (&__periodic::Probe::<Self>::NEW).periodic_mark().check::<Self>();
                (&__periodic::Probe::<Conductor>::NEW)
                    .periodic_mark()
                    .check::<Conductor>();
            };
            __periodic::CHECKED
        };
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, Conductor, ()>,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Conductor, Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_check] => {
                    __mark.pending(Self::check(self, __periodic::Gives::give(__given)))
                }
                _ => __periodic::Call::unknown_row("Ipmi", __row),
            }
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Ipmi", module : __periodic::module_path!(),
        tasks : & __TASKS, }
    }
};
