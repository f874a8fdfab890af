impl Compute {
    fn own(&self) {}
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
    static __TASKS: &[__periodic::TaskSpec] = &[
        __periodic::TaskSpec::new("own").execution(__periodic::Execution::Blocking),
    ];
    const _: () = __periodic::check(
        __periodic::has_task(<dyn Base as __periodic::TraitTasks>::TASKS, "report"),
        "`Base` has no task `report` that could be left out",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (<dyn Base as __periodic::TraitTasks>::TASKS, &["report"]),
            (__TASKS, &[]),
        ),
        "a task of `Base` and one of this manager have the same name: leave one out with `inherit(Base(except(..)))`, or give it another name",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (<dyn Base as __periodic::TraitTasks>::TASKS, &["report"]),
            (<dyn other::Second as __periodic::TraitTasks>::TASKS, &[]),
        ),
        "a task of `Base` and one of `other :: Second` have the same name: leave one out with `inherit(Base(except(..)))`, or give it another name",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (<dyn other::Second as __periodic::TraitTasks>::TASKS, &[]),
            (__TASKS, &[]),
        ),
        "a task of `other::Second` and one of this manager have the same name: leave one out with `inherit(other::Second(except(..)))`, or give it another name",
    );
    enum __Row {
        task_own,
        inherit_0,
        inherit_1,
    }
    impl __Row {
        const at_task_own: __periodic::u32 = Self::task_own as __periodic::u32;
        const at_inherit_0: __periodic::u32 = Self::inherit_0 as __periodic::u32;
        const at_inherit_1: __periodic::u32 = Self::inherit_1 as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute
    where
        for<'any> Self: ::core::marker::Send,
    {
        type Context = <dyn Base as __periodic::TraitTasks>::Context;
        type Owner = <dyn Base as __periodic::TraitTasks>::Owner;
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Compute");
            __collector
                .inherit(
                    __Row::at_inherit_0,
                    <dyn Base as __periodic::TraitTasks>::TASKS,
                    &["report"],
                );
            __collector
                .inherit(
                    __Row::at_inherit_1,
                    <dyn other::Second as __periodic::TraitTasks>::TASKS,
                    &[],
                );
            __collector.tasks(__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<
                'call,
                <dyn Base as __periodic::TraitTasks>::Owner,
                <dyn Base as __periodic::TraitTasks>::Context,
            >,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<
                <dyn Base as __periodic::TraitTasks>::Owner,
                <dyn Base as __periodic::TraitTasks>::Context,
                __Row,
            >::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<
        <dyn Base as __periodic::TraitTasks>::Owner,
        <dyn Base as __periodic::TraitTasks>::Context,
        __Row,
    > for Compute {
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<
                'call,
                <dyn Base as __periodic::TraitTasks>::Owner,
                <dyn Base as __periodic::TraitTasks>::Context,
            >,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_own] => {
                    __periodic::Call::Ready(__periodic::ended(Self::own(self)))
                }
                [__Row::at_inherit_0, __row] => {
                    <Self as Base>::__periodic_call(self, *__row, __given)
                }
                [__Row::at_inherit_1, __row] => {
                    <Self as other::Second>::__periodic_call(self, *__row, __given)
                }
                _ => __periodic::Call::unknown_row("Compute", __row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::Inherits<<dyn Base as __periodic::TraitTasks>::Mark> for Compute {}
    #[automatically_derived]
    impl __periodic::Inherits<<dyn other::Second as __periodic::TraitTasks>::Mark>
    for Compute {}
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
