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

/// A macro may pass an item on, and a block of members.
macro_rules! passed_on {
    (item: $item:item) => {
        #[periodic_manager]
        $item
    };
    (members of $ty:ty: $($members:tt)*) => {
        #[periodic_manager]
        impl $ty { $($members)* }
    };
    (tasks of $ty:ident: $($task:ident),*) => {
        struct $ty;

        #[periodic_manager]
        impl $ty {
            $(
                #[periodic_task]
                async fn $task(&self) {}
            )*
        }
    };
}

struct Item;
struct Members;

passed_on!(item: impl Item {
    #[periodic_task]
    fn audit(&self) {}
});
passed_on!(members of Members:
    #[periodic_task]
    fn audit(&self) {}

    #[periodic_task(inline)]
    async fn report(&self, _: &Run) {}
);
passed_on!(tasks of Tasks: first, second);

/// A macro in a manager may write items that are no tasks.
macro_rules! number {
    ($name:ident) => {
        fn $name(&self) -> usize {
            3
        }
    };
}

struct Numbers(Log);

#[periodic_manager]
impl Numbers {
    number!(three);

    #[periodic_task]
    fn audit(&self) {
        self.0.note(format!("{}", self.three() + self.four()));
    }

    number! { four }
}

#[tokio::test]
async fn can_pass_managers_on_and_stand_in_them() {
    assert_eq!(names(&Item), ["Item.audit"]);
    assert_eq!(names(&Members), ["Members.audit", "Members.report"]);
    assert_eq!(names(&Tasks), ["Tasks.first", "Tasks.second"]);
    assert_eq!(run_once(Numbers(Log::default()), &()).await.0.take(), ["6"]);
}
