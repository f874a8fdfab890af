impl Compute {
    fn wrong_argument(&self) {}
    fn wrong_receiver(&mut self) {}
    fn sound(&self) {}
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
    static __TASKS: &[__periodic::TaskSpec] = &[
        __periodic::TaskSpec::new("wrong_argument")
            .execution(__periodic::Execution::Blocking),
        __periodic::TaskSpec::new("sound").execution(__periodic::Execution::Blocking),
    ];
    enum __Row {
        task_wrong_argument,
        task_sound,
    }
    impl __Row {
        const at_task_wrong_argument: u32 = Self::task_wrong_argument as u32;
        const at_task_sound: u32 = Self::task_sound as u32;
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
                [__Row::at_task_wrong_argument] => {
                    __periodic::Call::Ready(
                        __periodic::ended(Self::wrong_argument(self)),
                    )
                }
                [__Row::at_task_sound] => {
                    __periodic::Call::Ready(__periodic::ended(Self::sound(self)))
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
::core::compile_error! {
    "at `x` in `5x`: this unit is not known: the units are w, d, h, m, s, ms, us and ns"
}
::core::compile_error! {
    "`periodic_task` has no argument `jittr`; did you mean `jitter`?"
}
::core::compile_error! {
    "a task borrows its manager, because several may run at once: take `&self`, and keep what changes in a lock or an atomic in the manager"
}
