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
    static __TASKS: [__periodic::TaskSpec; 1] = [
        __periodic::TaskSpec::new("own").execution(__periodic::Execution::Blocking),
    ];
    const __TRAIT_4Base: __periodic::u8 = {
        let _ = || __periodic::inherited::<dyn Base>();
        __periodic::CHECKED
    };
    const __TRAIT_5other_6Second: __periodic::u8 = {
        let _ = || __periodic::inherited::<dyn other::Second>();
        __periodic::CHECKED
    };
    const _: () = __periodic::check(
        __periodic::has_task(
            <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::TASKS,
            "report",
        ),
        "`Base` has no task `report` that could be left out",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::TASKS,
                &["report"],
            ),
            (&__TASKS, &[]),
        ),
        "a task of `Base` and one of this manager have the same name: leave one out with `inherit(Base(except(..)))`, or give it another name",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::TASKS,
                &["report"],
            ),
            (
                <dyn other::Second as __periodic::InheritedTasks<
                    { __TRAIT_5other_6Second },
                >>::TASKS,
                &[],
            ),
        ),
        "a task of `Base` and one of `other :: Second` have the same name: leave one out with `inherit(Base(except(..)))`, or give it another name",
    );
    const _: () = __periodic::check(
        !__periodic::shares_a_name(
            (
                <dyn other::Second as __periodic::InheritedTasks<
                    { __TRAIT_5other_6Second },
                >>::TASKS,
                &[],
            ),
            (&__TASKS, &[]),
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
        for<'any> Self: __periodic::Assumed<
            {
                <Self as __periodic::Tasks<
                    <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner,
                    <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Context,
                    __Row,
                >>::CHECKED
            },
        >,
    {
        type Context = <dyn Base as __periodic::InheritedTasks<
            { __TRAIT_4Base },
        >>::Context;
        type Owner = <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner;
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Compute");
            __collector
                .inherit(
                    __Row::at_inherit_0,
                    <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::TASKS,
                    &["report"],
                );
            __collector
                .inherit(
                    __Row::at_inherit_1,
                    <dyn other::Second as __periodic::InheritedTasks<
                        { __TRAIT_5other_6Second },
                    >>::TASKS,
                    &[],
                );
            __collector.tasks(&__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<
                'call,
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner,
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Context,
            >,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner,
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Context,
                __Row,
            >::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<
        <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner,
        <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Context,
        __Row,
    > for Compute {
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
            __given: __periodic::Given<
                'call,
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Owner,
                <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Context,
            >,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_own] => {
                    __periodic::Call::Ready(__periodic::ended(Self::own(self)))
                }
                [__Row::at_inherit_0, __row] => {
                    <<dyn Base as __periodic::InheritedTasks<
                        { __TRAIT_4Base },
                    >>::Mark as __periodic::CallsTasks<
                        Self,
                        _,
                        _,
                    >>::call_task(self, *__row, __given)
                }
                [__Row::at_inherit_1, __row] => {
                    <<dyn other::Second as __periodic::InheritedTasks<
                        { __TRAIT_5other_6Second },
                    >>::Mark as __periodic::CallsTasks<
                        Self,
                        _,
                        _,
                    >>::call_task(self, *__row, __given)
                }
                _ => __periodic::Call::unknown_row("Compute", __row),
            }
        }
    }
    #[automatically_derived]
    impl __periodic::Inherits<
        <dyn Base as __periodic::InheritedTasks<{ __TRAIT_4Base }>>::Mark,
    > for Compute {}
    #[automatically_derived]
    impl __periodic::Inherits<
        <dyn other::Second as __periodic::InheritedTasks<
            { __TRAIT_5other_6Second },
        >>::Mark,
    > for Compute {}
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
