impl Conductor {}
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
    static __TASKS: [__periodic::TaskSpec; 0] = [];
    enum __Row {
        include_driver,
        include_nodes,
        include_0,
    }
    impl __Row {
        const at_include_driver: __periodic::u32 = Self::include_driver
            as __periodic::u32;
        const at_include_nodes: __periodic::u32 = Self::include_nodes as __periodic::u32;
        const at_include_0: __periodic::u32 = Self::include_0 as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Conductor
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), Context, __Row>>::CHECKED },
        >,
        for<'any> Context: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), Context, __Row>>::CHECKED },
        >,
    {
        type Context = Context;
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Conductor");
            __collector.tasks(&__TASKS);
            __collector
                .include(
                    "driver",
                    __Row::at_include_driver,
                    __periodic::included(&self.driver),
                    &[],
                );
            __collector
                .include(
                    "nodes",
                    __Row::at_include_nodes,
                    __periodic::included(&self.nodes),
                    &["poll", "ipmi.sync"],
                );
            __collector
                .include("0", __Row::at_include_0, __periodic::included(&self.0), &[]);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<(), Context, __Row>::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<(), Context, __Row> for Conductor {
        const CHECKED: __periodic::u8 = {
            use __periodic::OrNot as _;
            let _ = || {
                (&__periodic::Probe::<Self>::NEW).periodic_mark().check::<Self>();
                (&__periodic::Probe::<Context>::NEW).periodic_mark().check::<Context>();
            };
            __periodic::CHECKED
        };
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Context, Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_include_driver, __rest @ ..] => {
                    __periodic::delegate::<
                        __Row,
                        _,
                        _,
                        _,
                        _,
                    >(self, __periodic::included(&self.driver), __rest, __given)
                }
                [__Row::at_include_nodes, __rest @ ..] => {
                    __periodic::delegate::<
                        __Row,
                        _,
                        _,
                        _,
                        _,
                    >(self, __periodic::included(&self.nodes), __rest, __given)
                }
                [__Row::at_include_0, __rest @ ..] => {
                    __periodic::delegate::<
                        __Row,
                        _,
                        _,
                        _,
                        _,
                    >(self, __periodic::included(&self.0), __rest, __given)
                }
                _ => __periodic::Call::unknown_row("Conductor", __row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Self, (), __Row> for Conductor {
        fn provide_owner<'call>(&'call self, _: &'call ()) -> &'call Self {
            self
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesContext<Context, Context, __Row> for Conductor {
        fn provide_context<'call>(&self, __context: &'call Context) -> &'call Context {
            __context
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Conductor", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
