impl Billing {
    async fn in_quotes(&self) {}
    async fn in_tokens(&self) {}
    #[cfg(unix)]
    fn in_constants(&self) {}
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
    #[cfg(unix)]
    use periodic_task as _;
    type __Manager = Billing;
    static __TASKS: [__periodic::TaskSpec; {
        let __rows: &[()] = &[(), (), #[cfg(unix)] ()];
        __rows.len()
    }] = [
        __periodic::with_cron!(
            __periodic::TaskSpec::new("in_quotes")
            .timeout(::core::time::Duration::from_secs(86400u64))
            .cron(__periodic::cron("0 9 * * MON-FRI").tz("Europe/Berlin")
            .dst(__periodic::Dst { gap : __periodic::DstGap::Skip, overlap :
            __periodic::DstRepeat::Once }))
        ),
        __periodic::with_cron!(
            __periodic::TaskSpec::new("in_tokens").run_immediately()
            .cron(__periodic::cron("0 9 * * MON-FRI").dst(__periodic::Dst { gap :
            __periodic::DstGap::First, overlap : __periodic::DstRepeat::Twice }))
        ),
        #[cfg(unix)]
        __periodic::with_cron!(
            __periodic::TaskSpec::new("in_constants")
            .jitter(__periodic::Jitter::UpTo(__periodic::duration(__periodic::nanos({ let
            __value = config::JITTER; __periodic::constant(__value).read() }))))
            .execution(__periodic::Execution::Blocking)
            .cron(__periodic::cron(__CRON_in_constants).tz(config::ZONE))
        ),
    ];
    #[cfg(unix)]
    const _: () = __periodic::check_read({
        let __value = config::JITTER;
        __periodic::constant(__value).read()
    });
    #[cfg(unix)]
    const _: () = __periodic::check_rule(
        __periodic::Rule::JitterNotPositive,
        &__periodic::Facts {
            jitter: __periodic::val({
                let __value = config::JITTER;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    #[cfg(unix)]
    const __CRON_in_constants: &__periodic::str = __Manager::NIGHTLY;
    #[cfg(unix)]
    const _: () = __periodic::check_cron(__CRON_in_constants);
    enum __Row {
        task_in_quotes,
        task_in_tokens,
        #[cfg(unix)]
        task_in_constants,
    }
    impl __Row {
        const at_task_in_quotes: __periodic::u32 = Self::task_in_quotes
            as __periodic::u32;
        const at_task_in_tokens: __periodic::u32 = Self::task_in_tokens
            as __periodic::u32;
        #[cfg(unix)]
        const at_task_in_constants: __periodic::u32 = Self::task_in_constants
            as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Billing
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), (), __Row>>::CHECKED },
        >,
    {
        type Context = ();
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Billing");
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
    impl __periodic::Tasks<(), (), __Row> for Billing {
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
                [__Row::at_task_in_quotes] => __mark.pending(Self::in_quotes(self)),
                [__Row::at_task_in_tokens] => __mark.pending(Self::in_tokens(self)),
                #[cfg(unix)]
                [__Row::at_task_in_constants] => {
                    __periodic::Call::Ready(__periodic::ended(Self::in_constants(self)))
                }
                _ => __periodic::Call::unknown_row("Billing", __row),
            }
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Billing", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
