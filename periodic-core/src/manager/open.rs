use core::fmt;
use std::sync::OnceLock;

use super::{Call, Collector, Given, PeriodicManager};
use crate::spec::TaskSpec;

/// A manager that takes tasks declared outside its `impl`, also in other crates.
///
/// `#[periodic_manager(open)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take tasks from outside its impl",
    label = "not an open manager",
    note = "open it with `#[periodic_manager(open)] impl {Self} {{ .. }}`"
)]
///
/// It does not require that trait, which would be reported as missing here once more.
pub trait OpenManager {
    /// Makes the collected entry of such a task. The entry's type is local to the manager, as `inventory` requires.
    type Opener: 'static;

    /// Its value. A constant, because a method call on a missing constant adds no second error to that of the missing
    /// trait.
    const OPENER: Self::Opener;

    /// Returns the tasks of the whole binary, sorted by name and place: the linker's order is not stable.
    fn open_tasks() -> &'static [&'static OpenTask<Self>]
    where
        Self: PeriodicManager + Sized;
}

/// The function that runs such a task.
pub type OpenCall<M> =
    for<'a> fn(&'a M, Given<'a, <M as PeriodicManager>::Owner, <M as PeriodicManager>::Context>) -> Call<'a>;

/// A task declared outside its manager's `impl`.
pub struct OpenTask<M: PeriodicManager> {
    spec: &'static TaskSpec,
    module: &'static str,
    call: OpenCall<M>,
}

impl<M: PeriodicManager> OpenTask<M> {
    /// Creates the task that `call` runs, declared in `module`.
    pub const fn new(spec: &'static TaskSpec, module: &'static str, call: OpenCall<M>) -> Self {
        Self { spec, module, call }
    }

    /// Returns the declaration.
    pub const fn spec(&self) -> &'static TaskSpec {
        self.spec
    }

    /// Returns the module in which the task is declared.
    pub const fn module(&self) -> &'static str {
        self.module
    }

    /// Runs the task for `manager`.
    pub fn call<'a>(&self, manager: &'a M, given: Given<'a, M::Owner, M::Context>) -> Call<'a> {
        (self.call)(manager, given)
    }
}

/// The tasks collected for one manager; sorted once, because they are looked up by number.
pub struct OpenTable<M: PeriodicManager>(OnceLock<Box<[&'static OpenTask<M>]>>);

impl<M: PeriodicManager> OpenTable<M> {
    /// Creates a table that has not been read yet.
    #[expect(clippy::new_without_default, reason = "it is made in a `static`")]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Returns the tasks, sorted by name and module: the linker's order is not stable.
    pub fn get<I>(&'static self, collected: impl FnOnce() -> I) -> &'static [&'static OpenTask<M>]
    where
        I: Iterator<Item = &'static OpenTask<M>>,
    {
        self.0.get_or_init(|| {
            let mut tasks: Box<[_]> = collected().collect();
            tasks.sort_by_key(|task| (task.spec.name, task.module));
            tasks
        })
    }
}

impl<M: PeriodicManager> fmt::Debug for OpenTable<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenTable").field(&self.0).finish()
    }
}

impl Collector {
    /// Adds the tasks declared outside the manager's `impl`, below the row number `row`.
    pub fn open<M: PeriodicManager>(&mut self, row: u32, tasks: &[&OpenTask<M>]) {
        for (index, task) in (0..).zip(tasks) {
            self.push(&[row, index], task.spec(), &format!("the module `{}`", task.module()));
        }
    }
}

/// Runs a row of a manager's open tasks.
pub fn call_open<'a, M: OpenManager + PeriodicManager>(
    manager: &'a M,
    row: u32,
    given: Given<'a, M::Owner, M::Context>,
) -> Call<'a> {
    let task = usize::try_from(row).ok().and_then(|row| M::open_tasks().get(row));
    match task {
        Some(task) => task.call(manager, given),
        None => Call::unknown_row(core::any::type_name::<M>(), &[row]),
    }
}

impl<M: PeriodicManager> fmt::Debug for OpenTask<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenTask")
            .field("spec", &self.spec)
            .field("module", &self.module)
            .finish_non_exhaustive()
    }
}
