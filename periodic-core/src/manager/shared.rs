//! Whether a manager can be shared by its tasks, and how that is asked for once.
//!
//! The compiler asks it of the `impl` of `PeriodicManager`, and of each future that borrows the manager. The futures'
//! answer is no news where the manager's is no. So generated code probes the manager first, and has its futures checked
//! by the mark that it gets.

use core::fmt;
use core::marker::PhantomData;

use super::{Call, TaskOutput};
use crate::task::{Ended, Next};

/// A type of which each task can borrow the same value, on any thread and for as long as the service runs.
///
/// `By` keeps the compiler from proposing this trait as a bound: it proposes none that has the type of a function in
/// it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared by tasks that run on several threads",
    label = "not `Send + Sync + 'static` for all that this `impl` allows",
    note = "bound the type parameters: `impl<T: Send + Sync + 'static> ..`",
    note = "keep what changes in a lock or an atomic, not in a `Cell` or a `RefCell`, and share it in an `Arc`, not in \
            an `Rc`"
)]
pub trait Shareable<By> {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + 'static + ?Sized, By> Shareable<By> for T {}

/// Asks it of a generic manager, in one place for all that its expansion takes for granted.
pub fn shareable<T: Shareable<By> + ?Sized, By>(_: By) {}

/// The function whose type is `By`.
pub fn by_tasks() {}

/// Asks a type: `(&Probe::<M>::NEW).periodic_mark()` is [`Shared`] if `M` is `Sync`.
///
/// The method of a value comes before that of a reference to it, where the first's bounds are met.
pub struct Probe<M: ?Sized>(PhantomData<M>);

impl<M: ?Sized> Probe<M> {
    /// The probe.
    pub const NEW: Self = Self(PhantomData);
}

impl<M: Sync + ?Sized> Probe<M> {
    /// The mark of what can be shared.
    #[allow(clippy::unused_self, reason = "it is found by its receiver")]
    pub fn periodic_mark(&self) -> Shared {
        Shared
    }
}

/// Brings the other answer, for what cannot be shared.
pub trait OrNot {
    /// The mark of what cannot.
    fn periodic_mark(&self) -> Unshared;
}

impl<M: ?Sized> OrNot for &Probe<M> {
    fn periodic_mark(&self) -> Unshared {
        Unshared
    }
}

impl<M: ?Sized> fmt::Debug for Probe<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

/// The manager can be shared, so each of its futures must be `Send`.
#[derive(Clone, Copy, Debug)]
pub struct Shared;

impl Shared {
    /// The call of an async task. Its future is wrapped here and not in generated code, where the compiler would have
    /// to check as many wrappers as there are tasks.
    pub fn pending<'a, T: TaskOutput>(self, task: impl Future<Output = T> + Send + 'a) -> Call<'a> {
        Call::pending(async move { task.await.ended() })
    }

    /// The future of an `inline` task, known to be `Send`. Two methods await it; both say the same of one that is not,
    /// which the compiler then reports once.
    pub fn sent<F: Future + Send>(self, task: F) -> impl Future<Output = F::Output> + Send {
        task
    }

    /// The future that awaits one of the `inline` tasks.
    pub fn inline<F: Future<Output = Ended> + Send>(self, task: F) -> impl Future<Output = Ended> + Send {
        task
    }
}

/// The manager cannot be shared, which is told elsewhere: nothing here asks for `Send`, and nothing will run.
#[derive(Clone, Copy, Debug)]
pub struct Unshared;

impl Unshared {
    /// As [`Shared::pending`].
    pub fn pending<'a, T: TaskOutput>(self, task: impl Future<Output = T> + 'a) -> Call<'a> {
        drop(task);
        Call::Ready(Ended::Ok(Next::OnSchedule))
    }

    /// As [`Shared::sent`].
    pub fn sent<F: Future>(self, task: F) -> F {
        task
    }

    /// As [`Shared::inline`].
    pub fn inline<F: Future<Output = Ended>>(self, task: F) -> impl Future<Output = Ended> + Send {
        drop(task);
        core::future::ready(Ended::Ok(Next::OnSchedule))
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use super::{OrNot as _, *};

    #[test]
    #[allow(clippy::needless_borrow, reason = "the other answer needs it, and generated code writes it so")]
    fn a_probe_tells_what_can_be_shared() {
        let Shared = (&Probe::<u8>::NEW).periodic_mark();
        let Unshared = (&Probe::<Cell<u8>>::NEW).periodic_mark();
        let Unshared = (&Probe::<(u8, Cell<u8>)>::NEW).periodic_mark();
    }
}
