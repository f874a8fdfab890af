impl Compute {
    fn audit(&self) {}
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
    type __Manager = Compute;
    static __TASKS: [__periodic::TaskSpec; 1] = [
        __periodic::TaskSpec::new("audit")
            .every(
                __periodic::Interval::from_nanos(
                    __periodic::nanos({
                        let __value = __Manager::PERIOD;
                        __periodic::constant(__value).read()
                    }),
                ),
            )
            .jitter(
                __periodic::Jitter::UpTo(
                    __periodic::duration(
                        __periodic::nanos({
                            let __value = JITTER;
                            __periodic::constant(__value).read()
                        }),
                    ),
                ),
            )
            .timeout(
                __periodic::duration(
                    __periodic::nanos({
                        let __value = config::TIMEOUT;
                        __periodic::constant(__value).read()
                    }),
                ),
            )
            .retry(
                __periodic::RetrySpec::new(__periodic::attempts(4u32))
                    .doubling(
                        __periodic::duration(
                            __periodic::nanos({
                                let __value = __Manager::FIRST;
                                __periodic::constant(__value).read()
                            }),
                        ),
                    )
                    .ceiling(
                        __periodic::duration(
                            __periodic::nanos({
                                let __value = config::MOST;
                                __periodic::constant(__value).read()
                            }),
                        ),
                    ),
            )
            .execution(__periodic::Execution::Blocking),
    ];
    const _: () = __periodic::check_read({
        let __value = __Manager::PERIOD;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check_read({
        let __value = config::TIMEOUT;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check_read({
        let __value = JITTER;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check_read({
        let __value = __Manager::FIRST;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check_read({
        let __value = config::MOST;
        __periodic::constant(__value).read()
    });
    const _: () = __periodic::check_rule(
        __periodic::Rule::TimeoutNotPositive,
        &__periodic::Facts {
            timeout: __periodic::val({
                let __value = config::TIMEOUT;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::JitterNotPositive,
        &__periodic::Facts {
            jitter: __periodic::val({
                let __value = JITTER;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffNotPositive,
        &__periodic::Facts {
            backoff: __periodic::val({
                let __value = __Manager::FIRST;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffNotPositive,
        &__periodic::Facts {
            longest_backoff: __periodic::val({
                let __value = config::MOST;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffShrinks,
        &__periodic::Facts {
            backoff: __periodic::val({
                let __value = __Manager::FIRST;
                __periodic::constant(__value).read()
            }),
            longest_backoff: __periodic::val({
                let __value = config::MOST;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::TimeoutOverSpacing,
        &__periodic::Facts {
            timeout: __periodic::val({
                let __value = config::TIMEOUT;
                __periodic::constant(__value).read()
            }),
            spacing: __periodic::val({
                let __value = __Manager::PERIOD;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::JitterOverSpacing,
        &__periodic::Facts {
            jitter: __periodic::val({
                let __value = JITTER;
                __periodic::constant(__value).read()
            }),
            spacing: __periodic::val({
                let __value = __Manager::PERIOD;
                __periodic::constant(__value).read()
            }),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffOverSpacing,
        &__periodic::Facts {
            backoff: __periodic::val({
                let __value = __Manager::FIRST;
                __periodic::constant(__value).read()
            }),
            longest_backoff: __periodic::val({
                let __value = config::MOST;
                __periodic::constant(__value).read()
            }),
            spacing: __periodic::val({
                let __value = __Manager::PERIOD;
                __periodic::constant(__value).read()
            }),
            retry: true,
            backoff_jitter: false,
            ..__periodic::Facts::NONE
        },
    );
    enum __Row {
        task_audit,
    }
    impl __Row {
        const at_task_audit: __periodic::u32 = Self::task_audit as __periodic::u32;
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
                [__Row::at_task_audit] => {
                    __periodic::Call::Ready(__periodic::ended(Self::audit(self)))
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
