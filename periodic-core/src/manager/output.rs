use core::fmt::Display;

use crate::task::{Ended, Next, TaskError};

/// The type of a task's result. Sealed: `()`, [`Next`], and a `Result` of either.
#[diagnostic::on_unimplemented(
    message = "a periodic task cannot return `{Self}`",
    label = "not a result that the scheduler can record",
    note = "a task returns nothing, `Next`, `Result<(), E>` or `Result<Next, E>`, where `E` implements `Display`",
    note = "a future that a plain `fn` returns is not awaited: write `async fn`"
)]
pub trait TaskOutput: sealed::Sealed {
    /// Returns the end that this result means.
    fn ended(self) -> Ended;
}

#[diagnostic::do_not_recommend]
impl TaskOutput for () {
    fn ended(self) -> Ended {
        Ended::Ok(Next::OnSchedule)
    }
}

#[diagnostic::do_not_recommend]
impl TaskOutput for Next {
    fn ended(self) -> Ended {
        Ended::Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Display> TaskOutput for Result<(), E> {
    fn ended(self) -> Ended {
        self.map(|()| Next::OnSchedule).ended()
    }
}

#[diagnostic::do_not_recommend]
impl<E: Display> TaskOutput for Result<Next, E> {
    fn ended(self) -> Ended {
        match self {
            Ok(next) => Ended::Ok(next),
            Err(error) => Ended::Failed(TaskError::new(error)),
        }
    }
}

mod sealed {
    use super::Next;

    pub trait Sealed {}

    impl Sealed for () {}
    impl Sealed for Next {}
    impl<T, E> Sealed for Result<T, E> {}
}
