use super::*;

#[periodic_manager(context = Context)]
pub(super) trait Base: Sync {
    fn log(&self) -> &Log;

    #[periodic_task]
    async fn report(&self, context: &Context) -> Result<(), std::num::ParseIntError> {
        let answer: u8 = "42".parse()?;
        std::future::ready(()).await;
        self.log().note(format!("report {answer} to {}", context.user));
        Ok(())
    }

    #[periodic_task]
    async fn required(&self, run: &Run);

    #[periodic_task]
    fn plain(&self) {
        self.log().note("plain");
    }

    #[periodic_task]
    fn left_out(&self) {}
}

#[derive(Default)]
struct Compute(Log);

impl Base for Compute {
    fn log(&self) -> &Log {
        &self.0
    }

    async fn required(&self, run: &Run) {
        self.0.note(format!("required as {}", run.name().task()));
    }

    fn plain(&self) {
        self.0.note("overridden");
    }
}

#[periodic_manager(context = Context, inherit(Base(except(left_out))))]
impl Compute {
    #[periodic_task]
    fn left_out(&self) {
        self.0.note("own");
    }
}

#[derive(Default)]
struct Generic<T>(Log, T);

impl<T: Send + Sync + 'static> Base for Generic<T> {
    fn log(&self) -> &Log {
        &self.0
    }

    async fn required(&self, _: &Run) {}
}

#[periodic_manager(context = Context, inherit(self::Base))]
impl<T: Send + Sync + 'static> Generic<T> {}

#[tokio::test]
async fn come_first_and_can_be_overridden() {
    let manager = run_once(Compute::default(), &Context { user: "admin" }).await;
    assert_eq!(manager.0.take(), ["report 42 to admin", "required as required", "overridden", "own"]);
    let generic = run_once(Generic::<u8>::default(), &Context { user: "b" }).await;
    assert_eq!(generic.log().take(), ["report 42 to b", "plain"]);
}
