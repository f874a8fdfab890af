#[cfg(unix)]
impl Compute {
    #[cfg(feature = "kvm")]
    fn poll(&self) {}
    #[cfg(not(feature = "kvm"))]
    fn poll(&self) {}
    #[cfg_attr(feature = "audit", inline)]
    fn audit(&self) {}
}
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
    #[cfg(feature = "kvm")]
    use periodic_task as _;
    #[cfg(not(feature = "kvm"))]
    use periodic_task as _;
    #[cfg(feature = "audit")]
    use periodic::periodic_task as _;
    static __TASKS: [__periodic::TaskSpec; {
        let __rows: &[()] = &[
            #[cfg(feature = "kvm")]
            (),
            #[cfg(not(feature = "kvm"))]
            (),
            #[cfg(feature = "audit")]
            (),
        ];
        __rows.len()
    }] = [
        #[cfg(feature = "kvm")]
        __periodic::TaskSpec::new("poll")
            .every(__periodic::Interval::from_secs(5i64))
            .execution(__periodic::Execution::Blocking),
        #[cfg(not(feature = "kvm"))]
        __periodic::TaskSpec::new("poll")
            .every(__periodic::Interval::from_secs(60i64))
            .execution(__periodic::Execution::Blocking),
        #[cfg(feature = "audit")]
        __periodic::TaskSpec::new("audit")
            .every(
                __periodic::Interval::from_nanos(
                    __periodic::nanos({
                        let __value = PERIOD;
                        __periodic::constant(__value).read()
                    }),
                ),
            )
            .execution(__periodic::Execution::Blocking),
    ];
    #[cfg(feature = "audit")]
    const _: () = __periodic::check_read({
        let __value = PERIOD;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check(
        __periodic::has_no_second(&__TASKS, "poll"),
        "two tasks are named `poll`, and their `#[cfg]`s do not exclude each other",
    );
    enum __Row {
        #[cfg(feature = "kvm")]
        task_poll,
        #[cfg(not(feature = "kvm"))]
        task_poll,
        #[cfg(feature = "audit")]
        task_audit,
    }
    impl __Row {
        #[cfg(feature = "kvm")]
        const at_task_poll: __periodic::u32 = Self::task_poll as __periodic::u32;
        #[cfg(not(feature = "kvm"))]
        const at_task_poll: __periodic::u32 = Self::task_poll as __periodic::u32;
        #[cfg(feature = "audit")]
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
            __collector.manager("Compute");
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
                #[cfg(feature = "kvm")]
                [__Row::at_task_poll] => {
                    __periodic::Call::Ready(__periodic::ended(Self::poll(self)))
                }
                #[cfg(not(feature = "kvm"))]
                [__Row::at_task_poll] => {
                    __periodic::Call::Ready(__periodic::ended(Self::poll(self)))
                }
                #[cfg(feature = "audit")]
                [__Row::at_task_audit] => {
                    __periodic::Call::Ready(__periodic::ended(Self::audit(self)))
                }
                _ => __periodic::Call::unknown_row("Compute", __row),
            }
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
