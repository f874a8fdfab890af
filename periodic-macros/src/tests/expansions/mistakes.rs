impl Compute {
    fn wrong_argument(&self) {}
    fn wrong_receiver(&mut self) {}
    fn sound(&self) {}
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
    static __TASKS: [__periodic::TaskSpec; 2] = [
        __periodic::TaskSpec::new("wrong_argument")
            .execution(__periodic::Execution::Blocking),
        __periodic::TaskSpec::new("sound").execution(__periodic::Execution::Blocking),
    ];
    enum __Row {
        task_wrong_argument,
        task_sound,
    }
    impl __Row {
        const at_task_wrong_argument: __periodic::u32 = Self::task_wrong_argument
            as __periodic::u32;
        const at_task_sound: __periodic::u32 = Self::task_sound as __periodic::u32;
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
                [__Row::at_task_wrong_argument] => {
                    __periodic::Call::Ready(
                        __periodic::ended(Self::wrong_argument(self)),
                    )
                }
                [__Row::at_task_sound] => {
                    __periodic::Call::Ready(__periodic::ended(Self::sound(self)))
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
::core::compile_error! {
    "at `x` in `5x`: this unit is not known: the units are w, d, h, m, s, ms, us and ns"
}
::core::compile_error! {
    "`periodic_task` has no argument `jittr`; did you mean `jitter`?"
}
::core::compile_error! {
    "a task borrows its manager, because several may run at once: take `&self`, and keep mutable state of the manager in a lock or an atomic"
}
