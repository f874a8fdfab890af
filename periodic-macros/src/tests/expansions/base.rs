/// A base.
pub trait Base: Send + ::periodic::__private::PeriodicManager<
        Context = Context,
        Owner = (),
    > + ::periodic::__private::Inherits<__BaseTasks>
where
    Self: Sync,
{
    /// Reports.
    fn report(
        &self,
        run: &Run,
    ) -> impl ::core::future::Future<Output = Result<(), Error>> + ::core::marker::Send
    where
        Self: ::core::marker::Sized,
    {
        async move {
            self.send(run)?;
            Ok(())
        }
    }
    fn required(&self) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send
    where
        Self: ::core::marker::Sized,
        Self: Send;
    fn plain(&self) {}
    fn send(&self, run: &Run) -> Result<(), Error>;
    #[doc(hidden)]
    #[inline]
    #[allow(deprecated, non_camel_case_types, non_upper_case_globals, unused_variables)]
    fn __periodic_call<'call>(
        &'call self,
        __row: ::periodic::__private::u32,
        __given: ::periodic::__private::Given<'call, (), Context>,
    ) -> ::periodic::__private::Call<'call>
    where
        Self: ::core::marker::Sized,
    {
        use ::periodic::__private as __periodic;
        let __mark = __periodic::Shared;
        enum __Row {
            task_report,
            task_required,
            task_plain,
        }
        impl __Row {
            const at_task_report: __periodic::u32 = Self::task_report as __periodic::u32;
            const at_task_required: __periodic::u32 = Self::task_required
                as __periodic::u32;
            const at_task_plain: __periodic::u32 = Self::task_plain as __periodic::u32;
        }
        match __row {
            __Row::at_task_report => {
                __mark.pending(Self::report(self, __periodic::Gives::give(__given)))
            }
            __Row::at_task_required => __mark.pending(Self::required(self)),
            __Row::at_task_plain => {
                __periodic::Call::Ready(__periodic::ended(Self::plain(self)))
            }
            _ => __periodic::Call::unknown_row("Base", &[__row]),
        }
    }
}
#[doc(hidden)]
#[allow(missing_debug_implementations, unreachable_pub, clippy::exhaustive_enums)]
pub enum __BaseTasks {}
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
    static __TASKS: [__periodic::TaskSpec; 3] = [
        __periodic::TaskSpec::new("report")
            .description("Reports.")
            .every(__periodic::Interval::from_secs(60i64)),
        __periodic::TaskSpec::new("required"),
        __periodic::TaskSpec::new("plain").execution(__periodic::Execution::Blocking),
    ];
    #[automatically_derived]
    impl __periodic::TraitTasks for dyn Base {
        type Mark = __BaseTasks;
        type Context = Context;
        type Owner = ();
        const TASKS: &'static [__periodic::TaskSpec] = &__TASKS;
    }
    #[automatically_derived]
    impl<__M: Base> __periodic::CallsTasks<__M, (), Context> for __BaseTasks {
        fn call_task<'call>(
            __manager: &'call __M,
            __row: __periodic::u32,
            __given: __periodic::Given<'call, (), Context>,
        ) -> __periodic::Call<'call> {
            <__M as Base>::__periodic_call(__manager, __row, __given)
        }
    }
    __periodic::inventory::submit! {
        __periodic::Declaration { manager : "Base", module : __periodic::module_path!(),
        tasks : & __TASKS, }
    }
};
