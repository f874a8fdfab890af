impl Compute {
    async fn audit<'a>(&'a self, run: &'a Run, context: &Context) -> Next {
        Next::Never
    }
    async fn r#match(self: &Self) {}
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
        __periodic::TaskSpec::new("audit")
            .every(__periodic::Interval::from_nanos(500000000i64))
            .run_immediately()
            .timeout(::core::time::Duration::from_nanos(250000000u64))
            .retry(
                __periodic::RetrySpec::new(__periodic::attempts(3u32))
                    .doubling(::core::time::Duration::from_nanos(50000000u64))
                    .ceiling(::core::time::Duration::from_nanos(200000000u64))
                    .jitter(),
            )
            .overlap(__periodic::Overlap::Allow(2u32))
            .max_runs(__periodic::runs(3u64)),
        __periodic::TaskSpec::new("match")
            .from_finish()
            .initial_delay(::core::time::Duration::from_secs(3u64))
            .disabled()
            .grace(::core::time::Duration::from_secs(5u64))
            .execution(__periodic::Execution::Inline),
    ];
    enum __Row {
        task_audit,
        task_match,
    }
    impl __Row {
        const at_task_audit: __periodic::u32 = Self::task_audit as __periodic::u32;
        const at_task_match: __periodic::u32 = Self::task_match as __periodic::u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute
    where
        for<'any> Self: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), Context, __Row>>::CHECKED },
        >,
        for<'any> Context: __periodic::Assumed<
            { <Self as __periodic::Tasks<(), Context, __Row>>::CHECKED },
        >,
    {
        type Context = Context;
        type Owner = ();
        fn collect<'call>(&'call self, __collector: &mut __periodic::Collector) {
            __collector.manager("Compute");
            __collector.tasks(&__TASKS);
        }
        fn call<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> __periodic::Call<'call> {
            __periodic::Tasks::<(), Context, __Row>::call_task(self, __row, __given)
        }
        fn call_inline<'call>(
            &'call self,
            __row: &'call [__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> impl ::core::future::Future<
            Output = __periodic::Ended,
        > + ::core::marker::Send + 'call {
            __periodic::Tasks::<
                (),
                Context,
                __Row,
            >::call_task_inline(self, __row, __given)
        }
    }
    #[automatically_derived]
    impl __periodic::Tasks<(), Context, __Row> for Compute {
        const CHECKED: __periodic::u8 = {
            use __periodic::OrNot as _;
            let _ = || {
                (&__periodic::Probe::<Self>::NEW).periodic_mark().check::<Self>();
                (&__periodic::Probe::<Context>::NEW).periodic_mark().check::<Context>();
            };
            __periodic::CHECKED
        };
        fn call_task<'call>(
            &'call self,
            __row: &[__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> __periodic::Call<'call> {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Context, Self)>::NEW).periodic_mark();
            match __row {
                [__Row::at_task_audit] => {
                    __mark
                        .pending(
                            Self::audit(
                                self,
                                __periodic::Gives::give(__given),
                                __periodic::Gives::give(__given),
                            ),
                        )
                }
                [__Row::at_task_match] => {
                    __mark.pending(__mark.sent(Self::r#match(self)))
                }
                _ => __periodic::Call::unknown_row("Compute", __row),
            }
        }
        fn call_task_inline<'call>(
            &'call self,
            __row: &'call [__periodic::u32],
            __given: __periodic::Given<'call, (), Context>,
        ) -> impl ::core::future::Future<
            Output = __periodic::Ended,
        > + ::core::marker::Send + 'call {
            use __periodic::OrNot as _;
            let __mark = (&__periodic::Probe::<(Context, Self)>::NEW).periodic_mark();
            __mark
                .inline(async move {
                    match __row {
                        [__Row::at_task_match] => {
                            __periodic::ended(__mark.sent(Self::r#match(self)).await)
                        }
                        _ => {
                            __periodic::Tasks::<
                                (),
                                Context,
                                __Row,
                            >::call_task(self, __row, __given)
                                .finish()
                                .await
                        }
                    }
                })
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : & __TASKS, }
    }
};
