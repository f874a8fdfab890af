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
    static __TASKS: [__periodic::TaskSpec; 1] = [__periodic::TaskSpec::new("poll")];
    enum __Row {
        task_poll,
    }
    impl __Row {
        const at_task_poll: __periodic::u32 = Self::task_poll as __periodic::u32;
    }
    #[automatically_derived]
    impl<T: Driver, const N: usize> __periodic::PeriodicManager for Pool<T, N>
    where
        T::Error: Display,
        T: 'static,
        for<'any> Self: ::core::marker::Send + ::core::marker::Sync,
        for<'any> T: ::core::marker::Send + ::core::marker::Sync,
    {
        type Context = T;
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Pool");
            __collector.tasks(&__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), T>,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<(), T, __Row>::call_task(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl<T: Driver, const N: usize> __periodic::Tasks<(), T, __Row> for Pool<T, N>
    where
        T::Error: Display,
    {
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), T>,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(T, Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_poll] => __mark.pending(Self::poll(self)),
                _ => __periodic::Call::unknown_row("Pool", __row),
            }
        }
    }
    #[allow(dead_code)]
    fn __check<T: Driver, const N: usize>()
    where
        T::Error: Display,
    {
        __periodic::shareable::<Pool<T, N>, _>(__periodic::by_tasks);
        __periodic::shareable::<T, _>(__periodic::by_tasks);
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Pool", module : __periodic::module_path!(),
        tasks : & __TASKS, }
    }
};
