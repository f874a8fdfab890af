use super::*;

/// The tokens of a manager may come from another macro, with the hygiene of that one.
macro_rules! manager {
    ($(#[$meta:meta])* $name:ident, $spacing:expr, $argument:ident: $ty:ty, $body:block, $this:ident) => {
        struct $name(Log);

        #[periodic_manager(context = Context)]
        impl $name {
            $(#[$meta])*
            #[periodic_task(spacing = $spacing)]
            async fn poll(&self, $argument: $ty) {
                self.0.note($argument.user);
                self.second();
            }

            fn second(&$this) $body

            #[periodic_task]
            fn last(&self) {}
        }
    };
}

manager!(#[doc = "Polls."] Compute, 60, context: &Context, { self.0.note("second") }, self);

#[tokio::test]
async fn can_write_managers() {
    let manager = run_once(Compute(Log::default()), &Context { user: "admin" }).await;
    assert_eq!(manager.0.take(), ["admin", "second"]);
    let table = TaskTable::of(&*manager, &Settings::default()).unwrap();
    assert_eq!(table.tasks()[0].spec().description, "Polls.");
}
