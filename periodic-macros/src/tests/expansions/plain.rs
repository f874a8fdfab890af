#[allow(dead_code)]
impl ImageCache {
    const LIMIT: usize = { 3 };
    /// Removes unused images.
    ///
    ///     indented
    #[inline]
    pub(crate) fn clean(&self) -> Result<(), CacheError> {
        self.remove(Self::LIMIT)
    }
    fn remove(&self, limit: usize) -> Result<(), CacheError> {
        todo!()
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
    static __TASKS: [__periodic::TaskSpec; 1] = [
        __periodic::TaskSpec::new("clean")
            .description("Removes unused images.\n\n    indented")
            .every(__periodic::Interval::from_secs(2400i64))
            .jitter(__periodic::Jitter::Share(50000u32))
            .external_process_ok()
            .missed(__periodic::Missed::All(3u16))
            .execution(__periodic::Execution::Blocking),
    ];
    enum __Row {
        task_clean,
    }
    impl __Row {
        const at_task_clean: __periodic::u32 = Self::task_clean as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for ImageCache
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), (), __Row>>::CHECKED },
        >,
    {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("ImageCache");
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
    impl __periodic::Tasks<(), (), __Row> for ImageCache {
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
                [__Row::at_task_clean] => {
                    __periodic::Call::Ready(__periodic::ended(Self::clean(self)))
                }
                _ => __periodic::Call::unknown_row("ImageCache", __row),
            }
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "ImageCache", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
