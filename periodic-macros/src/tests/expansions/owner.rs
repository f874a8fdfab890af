impl Ipmi {
    async fn check(&self, conductor: &Conductor) {}
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
    use ::periodic::__private as __periodic;
    use periodic_task as _;
    static __TASKS: &[__periodic::TaskSpec] = &[__periodic::TaskSpec::new("check")];
    enum __Row {
        task_check,
    }
    impl __Row {
        const at_task_check: u32 = Self::task_check as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Ipmi {
        type Context = ();
        type Owner = Conductor;
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("Ipmi");
            collector.tasks(__TASKS);
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                [__Row::at_task_check] => {
                    __periodic::pending(
                        Self::check(self, __periodic::Gives::give(given)),
                    )
                }
                _ => __periodic::Call::unknown_row("Ipmi", row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Self> for Ipmi {
        fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self {
            self
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Conductor> for Ipmi {
        fn provide_owner<'call>(
            &'call self,
            owner: &'call Self::Owner,
        ) -> &'call Conductor {
            owner
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Ipmi", module : __periodic::module_path!(),
        tasks : __TASKS, }
    }
};
