//! The check that tasks can share their manager, made once.
//!
//! The compiler checks the `impl` of `PeriodicManager`, and each future that borrows the manager. If the manager fails,
//! the errors of its futures add nothing. So generated code probes the manager first, and checks the futures by the
//! mark that it gets.

use core::fmt;
use core::marker::PhantomData;

use super::{Call, TaskOutput};
use crate::task::{Ended, Next};

/// A type whose value each task can borrow, on any thread and as long as the service runs.
///
/// `By` keeps the compiler from proposing this trait as a bound: it proposes no bound that contains the type of a
/// function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared by tasks that run on several threads",
    label = "not `Send + Sync + 'static` for all that this `impl` allows",
    note = "bound the type parameters: `impl<T: Send + Sync + 'static> ..`",
    note = "keep mutable state in a lock or an atomic, not in a `Cell` or a `RefCell`, and share it in an \
            `Arc`, not in an `Rc`"
)]
pub trait Shareable<By> {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + 'static + ?Sized, By> Shareable<By> for T {}

/// Requires it of a generic manager, in one place for all assumptions of its expansion.
pub fn shareable<T: Shareable<By> + ?Sized, By>(_: By) {}

/// The assumption of `impl PeriodicManager` about a manager and its context: `CHECKED` is a constant of the expansion, whose body
/// checks it.
///
/// If the check fails, the constant has no value. The compiler then neither refuses nor reports a bound on this trait,
/// so the check's error is the only one, however often the manager is used.
pub trait Assumed<const CHECKED: u8>: Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync + 'static + ?Sized> Assumed<CHECKED> for T {}

/// Without a choice, the compiler would take the only `impl` for a constant without a value, and report its bounds.
#[diagnostic::do_not_recommend]
impl<T: Send + Sync + 'static + ?Sized> Assumed<{ CHECKED + 1 }> for T {}

/// The constant of a check that did not fail.
pub const CHECKED: u8 = 0;

/// A function whose type is `By`.
pub fn by_tasks() {}

/// Probes a type: `(&Probe::<M>::NEW).periodic_mark()` is [`Shared`] if `M` is `Sync`.
///
/// The method of a value is chosen before that of a reference to it, if its bounds are met.
pub struct Probe<M: ?Sized>(PhantomData<M>);

impl<M: ?Sized> Probe<M> {
    /// The probe.
    pub const NEW: Self = Self(PhantomData);
}

impl<M: Sync + ?Sized> Probe<M> {
    /// Returns the mark of a manager that can be shared.
    #[allow(clippy::unused_self, reason = "it is found by its receiver")]
    pub fn periodic_mark(&self) -> Shared {
        Shared
    }
}

/// The other answer: the manager cannot be shared.
pub trait OrNot {
    /// Returns the mark of a manager that cannot be shared.
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

/// A mark: the manager can be shared, so each of its futures must be `Send`.
#[derive(Clone, Copy, Debug)]
pub struct Shared;

impl Shared {
    /// Requires the rest of a type that is `Sync`.
    #[allow(clippy::multiple_bound_locations, reason = "the error shows the line of the other bound")]
    pub fn check<T: ?Sized>(self)
    where
        T: Send, // Tasks run on several threads: keep a value that cannot move between them out of the manager.
    {
    }

    /// Returns the call of an async task. The future is wrapped here, because in generated code the compiler would have
    /// to check a wrapper for each task.
    pub fn pending<'a, T: TaskOutput>(self, task: impl Future<Output = T> + Send + 'a) -> Call<'a> {
        Call::pending(async move { task.await.ended() })
    }

    /// Returns the future of an `inline` task, which must be `Send`. Two methods await it; if it is not `Send`, both
    /// errors are equal, and the compiler reports one.
    pub fn sent<F: Future + Send>(self, task: F) -> impl Future<Output = F::Output> + Send {
        task
    }

    /// Returns the future that awaits one of the `inline` tasks.
    pub fn inline<F: Future<Output = Ended> + Send>(self, task: F) -> impl Future<Output = Ended> + Send {
        task
    }
}

/// A mark: the manager cannot be shared. Another error reports that, so nothing here requires `Send`, and nothing will
/// run.
#[derive(Clone, Copy, Debug)]
pub struct Unshared;

impl Unshared {
    /// Requires the bound that the type lacks; an `Rc` is not `Send` either, and would be reported twice.
    #[allow(clippy::multiple_bound_locations, reason = "the error shows the line of the other bound")]
    pub fn check<T: ?Sized>(self)
    where
        T: Sync, // Tasks share it: use a lock or an atomic for a `Cell` or a `RefCell`, and an `Arc` for an `Rc`.
    {
    }

    /// See [`Shared::pending`].
    pub fn pending<'a, T: TaskOutput>(self, task: impl Future<Output = T> + 'a) -> Call<'a> {
        drop(task);
        Call::Ready(Ended::Ok(Next::OnSchedule))
    }

    /// See [`Shared::sent`].
    pub fn sent<F: Future>(self, task: F) -> F {
        task
    }

    /// See [`Shared::inline`].
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
