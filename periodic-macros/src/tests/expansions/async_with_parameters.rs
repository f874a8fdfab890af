impl Compute {
    async fn audit<'a>(&'a self, run: &'a Run, context: &Context) -> Next {
        Next::Never
    }
    async fn r#match(self: &Self) {}
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
        const at_task_audit: u32 = Self::task_audit as u32;
        const at_task_match: u32 = Self::task_match as u32;
    }
    #[automatically_derived]
    impl __periodic::PeriodicManager for Compute {
        type Context = Context;
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
                [__Row::at_task_audit] => {
                    __periodic::pending(
                        Self::audit(
                            self,
                            __periodic::Gives::give(given),
                            __periodic::Gives::give(given),
                        ),
                    )
                }
                [__Row::at_task_match] => __periodic::pending(Self::r#match(self)),
                _ => __periodic::Call::unknown_row("Compute", row),
            }
        }
        async fn call_inline<'call>(
            &'call self,
            row: &'call [__periodic::u32],
            given: __periodic::Given<'call, Self::Owner, Self::Context>,
        ) -> __periodic::Ended {
            match row {
                [__Row::at_task_match] => __periodic::ended(Self::r#match(self).await),
                _ => __periodic::PeriodicManager::call(self, row, given).finish().await,
            }
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesOwner<Self> for Compute {
        fn provide_owner<'call>(&'call self, _: &'call Self::Owner) -> &'call Self {
            self
        }
    }
    #[automatically_derived]
    impl __periodic::ProvidesContext<Context> for Compute {
        fn provide_context<'call>(
            &self,
            context: &'call Self::Context,
        ) -> &'call Context {
            context
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Compute", module :
        __periodic::module_path!(), tasks : __TASKS, }
    }
};
