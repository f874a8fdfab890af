impl<T: Driver, const N: usize> Pool<T, N>
where
    T::Error: Display,
{
    async fn poll(&self) -> Result<(), T::Error> {
        self.driver.poll().await
    }
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
    static __TASKS: &[__periodic::TaskSpec] = &[__periodic::TaskSpec::new("poll")];
    enum __Row {
        task_poll,
    }
    impl __Row {
        const at_task_poll: u32 = Self::task_poll as u32;
    }
    #[automatically_derived]
    impl<T: Driver, const N: usize> __periodic::PeriodicManager for Pool<T, N>
    where
        T::Error: Display,
    {
        type Context = T;
        type Owner = ();
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("Pool");
            collector.tasks(__TASKS);
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                [__Row::at_task_poll] => __periodic::pending(Self::poll(self)),
                _ => __periodic::Call::unknown_row("Pool", row),
            }
        }
    }
    #[automatically_derived]
    impl<T: Driver, const N: usize> __periodic::ProvidesOwner<Self> for Pool<T, N>
    where
        T::Error: Display,
    {
        fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self {
            self
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Pool", module : __periodic::module_path!(),
        tasks : __TASKS, }
    }
};
