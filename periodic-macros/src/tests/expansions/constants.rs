impl Compute {
    fn audit(&self) {}
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
    type __Manager = Compute;
    static __TASKS: &[__periodic::TaskSpec] = &[
        __periodic::TaskSpec::new("audit")
            .every(
                __periodic::Interval::from_nanos(
                    __periodic::nanos(__periodic::constant(__Manager::PERIOD).read()),
                ),
            )
            .jitter(
                __periodic::Jitter::UpTo(
                    __periodic::duration(
                        __periodic::nanos(__periodic::constant(JITTER).read()),
                    ),
                ),
            )
            .timeout(
                __periodic::duration(
                    __periodic::nanos(__periodic::constant(config::TIMEOUT).read()),
                ),
            )
            .retry(
                __periodic::RetrySpec::new(__periodic::attempts(4u32))
                    .doubling(
                        __periodic::duration(
                            __periodic::nanos(
                                __periodic::constant(__Manager::FIRST).read(),
                            ),
                        ),
                    )
                    .ceiling(
                        __periodic::duration(
                            __periodic::nanos(__periodic::constant(config::MOST).read()),
                        ),
                    ),
            )
            .execution(__periodic::Execution::Blocking),
    ];
    const _: () = __periodic::check_read(__periodic::constant(__Manager::PERIOD).read());
    const _: () = __periodic::check_read(__periodic::constant(config::TIMEOUT).read());
    const _: () = __periodic::check_read(__periodic::constant(JITTER).read());
    const _: () = __periodic::check_read(__periodic::constant(__Manager::FIRST).read());
    const _: () = __periodic::check_read(__periodic::constant(config::MOST).read());
    const _: () = __periodic::check_rule(
        __periodic::Rule::TimeoutNotPositive,
        &__periodic::Facts {
            timeout: __periodic::val(__periodic::constant(config::TIMEOUT).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::JitterNotPositive,
        &__periodic::Facts {
            jitter: __periodic::val(__periodic::constant(JITTER).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffNotPositive,
        &__periodic::Facts {
            backoff: __periodic::val(__periodic::constant(__Manager::FIRST).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffNotPositive,
        &__periodic::Facts {
            longest_backoff: __periodic::val(__periodic::constant(config::MOST).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffShrinks,
        &__periodic::Facts {
            backoff: __periodic::val(__periodic::constant(__Manager::FIRST).read()),
            longest_backoff: __periodic::val(__periodic::constant(config::MOST).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::TimeoutOverSpacing,
        &__periodic::Facts {
            timeout: __periodic::val(__periodic::constant(config::TIMEOUT).read()),
            spacing: __periodic::val(__periodic::constant(__Manager::PERIOD).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::JitterOverSpacing,
        &__periodic::Facts {
            jitter: __periodic::val(__periodic::constant(JITTER).read()),
            spacing: __periodic::val(__periodic::constant(__Manager::PERIOD).read()),
            ..__periodic::Facts::NONE
        },
    );
    const _: () = __periodic::check_rule(
        __periodic::Rule::BackoffOverSpacing,
        &__periodic::Facts {
            backoff: __periodic::val(__periodic::constant(__Manager::FIRST).read()),
            longest_backoff: __periodic::val(__periodic::constant(config::MOST).read()),
            spacing: __periodic::val(__periodic::constant(__Manager::PERIOD).read()),
            retry: true,
            backoff_jitter: false,
            ..__periodic::Facts::NONE
        },
    );
    enum __Row {
        task_audit,
    }
    impl __Row {
        const at_task_audit: u32 = Self::task_audit as u32;
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
                [__Row::at_task_audit] => {
                    __periodic::Call::Ready(__periodic::ended(Self::audit(self)))
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
