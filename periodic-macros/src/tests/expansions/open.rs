impl Compute {}
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
        open,
    }
    impl __Row {
        const at_open: __periodic::u32 = Self::open as __periodic::u32;
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
            __collector
                .open(__Row::at_open, <Self as __periodic::OpenManager>::open_tasks());
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
                [__Row::at_open, __row] => __periodic::call_open(self, *__row, __given),
                _ => __periodic::Call::unknown_row("Compute", __row),
            }
        }
    }
    pub struct __Entry(__periodic::OpenTask<Compute>);
    pub struct __Opener;
    impl __Opener {
        pub const fn entry(
            self,
            spec: &'static __periodic::TaskSpec,
            module: &'static __periodic::str,
            call: __periodic::OpenCall<Compute>,
        ) -> __Entry {
            __Entry(__periodic::OpenTask::new(spec, module, call))
        }
    }
    __periodic::inventory::collect!(__Entry);
    #[automatically_derived]
    impl __periodic::OpenManager for Compute
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), (), __Row>>::CHECKED },
        >,
    {
        type Opener = __Opener;
        const OPENER: __Opener = __Opener;
        fn open_tasks() -> &'static [&'static __periodic::OpenTask<Self>] {
            static __OPEN: __periodic::OpenTable<Compute> = __periodic::OpenTable::new();
            __OPEN
                .get(|| {
                    let entries = ::core::iter::IntoIterator::into_iter(
                        __periodic::inventory::iter::<__Entry>,
                    );
                    ::core::iter::Iterator::map(entries, |entry| &entry.0)
                })
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
