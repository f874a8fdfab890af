use super::*;

#[derive(Default)]
struct Compute(Log);

#[periodic_manager(context = Context)]
impl Compute {
    #[periodic_task]
    fn nothing(&self) {
        self.0.note("nothing");
    }

    #[periodic_task]
    async fn in_any_order<'run>(&self, run: &'run Run, context: &Context) -> Result<(), String> {
        self.0.note(format!("{} for {}", run.name(), context.user));
        std::future::ready(()).await;
        Ok(())
    }

    #[periodic_task(inline)]
    async fn r#match(self: &Self, _: &Context) -> Result<Next, std::fmt::Error> {
        self.0.note("match");
        Ok(Next::OnSchedule)
    }

    #[periodic_task(name = "other_name")]
    fn renamed(&self, Context { user }: &Context) -> Next {
        self.0.note(*user);
        Next::Never
    }
}

#[tokio::test]
async fn are_told_apart_by_their_types() {
    let manager = run_once(Compute::default(), &Context { user: "admin" }).await;
    assert_eq!(manager.0.take(), ["nothing", "Compute.in_any_order for admin", "match", "admin"]);
}

#[test]
fn where_a_run_runs_follows_from_the_function() {
    let table = TaskTable::of(&Compute::default(), &Settings::default()).unwrap();
    let rows: Vec<_> = table.tasks().iter().map(|task| (task.name().task(), task.spec().execution)).collect();
    assert_eq!(
        rows,
        [
            ("nothing", Execution::Blocking),
            ("in_any_order", Execution::Spawned),
            ("match", Execution::Inline),
            ("other_name", Execution::Blocking),
        ]
    );
}
