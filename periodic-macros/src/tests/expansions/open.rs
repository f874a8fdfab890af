impl Compute {}
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
        open,
    }
    impl __Row {
        const at_open: u32 = Self::open as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, collector: &mut __periodic::Collector) {
            collector.manager("Compute");
            collector.tasks(__TASKS);
            collector
                .open(__Row::at_open, <Self as __periodic::OpenManager>::open_tasks());
        }
        fn call<'call>(
            &'call self,
            row: &[__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Call<'call> {
            match row {
                [__Row::at_open, row] => __periodic::call_open(self, *row, given),
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
    pub struct __Entry(__periodic::OpenTask<Compute>);
    pub struct __Opener;
    impl __Opener {
        pub const fn entry(self, task: __periodic::OpenTask<Compute>) -> __Entry {
            __Entry(task)
        }
    }
    __periodic::inventory::collect!(__Entry);
    #[automatically_derived]
    impl __periodic::OpenManager for Compute {
        type Opener = __Opener;
        const OPENER: __Opener = __Opener;
        fn open_tasks() -> &'static [&'static __periodic::OpenTask<Self>] {
            static __OPEN: __periodic::OpenTable<Compute> = __periodic::OpenTable::new();
            __OPEN
                .get(|| {
                    __periodic::inventory::iter::<__Entry>
                        .into_iter()
                        .map(|entry| &entry.0)
                })
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
