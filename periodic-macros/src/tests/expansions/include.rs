impl Conductor {}
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
    static __TASKS: &[__periodic::TaskSpec] = &[];
    enum __Row {
        include_driver,
        include_nodes,
        include_0,
    }
    impl __Row {
        const at_include_driver: u32 = Self::include_driver as u32;
        const at_include_nodes: u32 = Self::include_nodes as u32;
        const at_include_0: u32 = Self::include_0 as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Conductor {
        type Context = Context;
        type Owner = ();
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("Conductor");
            collector.tasks(__TASKS);
            collector
                .include(
                    "driver",
                    __Row::at_include_driver,
                    __periodic::included(&self.driver),
                    &[],
                );
            collector
                .include(
                    "nodes",
                    __Row::at_include_nodes,
                    __periodic::included(&self.nodes),
                    &["poll", "ipmi.sync"],
                );
            collector
                .include("0", __Row::at_include_0, __periodic::included(&self.0), &[]);
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                [__Row::at_include_driver, rest @ ..] => {
                    __periodic::delegate(
                        self,
                        __periodic::included(&self.driver),
                        rest,
                        given,
                    )
                }
                [__Row::at_include_nodes, rest @ ..] => {
                    __periodic::delegate(
                        self,
                        __periodic::included(&self.nodes),
                        rest,
                        given,
                    )
                }
                [__Row::at_include_0, rest @ ..] => {
                    __periodic::delegate(
                        self,
                        __periodic::included(&self.0),
                        rest,
                        given,
                    )
                }
                _ => __periodic::Call::unknown_row("Conductor", row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Self> for Conductor {
        fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self {
            self
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesContext<Context> for Conductor {
        fn provide_context<'call>(
            &self,
            context: &'call Self::Context,
        ) -> &'call Context {
            context
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Conductor", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
