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
    static __TASKS: &[__periodic::TaskSpec] = &[
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
                    __periodic::nanos(__periodic::constant(PERIOD).read()),
                ),
            )
            .execution(__periodic::Execution::Blocking),
    ];
    #[cfg(feature = "audit")]
    const _: () = __periodic::check_read(__periodic::constant(PERIOD).read());
    const _: () = __periodic::check(
        __periodic::has_no_second(__TASKS, "poll"),
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
        const at_task_poll: u32 = Self::task_poll as u32;
        #[cfg(not(feature = "kvm"))]
        const at_task_poll: u32 = Self::task_poll as u32;
        #[cfg(feature = "audit")]
        const at_task_audit: u32 = Self::task_audit as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("Compute");
            collector.tasks(__TASKS);
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
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
                _ => __periodic::Call::unknown_row("Compute", row),
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
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
