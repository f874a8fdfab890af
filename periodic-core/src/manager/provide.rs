use super::{Call, Given, PeriodicManager};

/// A manager that can stand as owner `O`, or pass one on, for what it includes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot include a driver whose owner is `{O}`",
    label = "the driver's tasks ask for a `&{O}`",
    note = "a driver goes into its owner, or into a manager with `#[periodic_manager(owner = {O})]`"
)]
pub trait ProvidesOwner<O>: PeriodicManager {
    /// The owner to pass on; `owner` is this manager's own.
    fn provide_owner<'a>(&'a self, owner: &'a Self::Owner) -> &'a O;
}

impl<M: PeriodicManager + ?Sized> ProvidesOwner<()> for M {
    fn provide_owner<'a>(&'a self, _owner: &'a Self::Owner) -> &'a () {
        &()
    }
}

/// A manager that can pass a context `C` on to what it includes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot include a manager whose context is `{C}`",
    label = "the included tasks ask for a `&{C}`",
    note = "give both the same context: `#[periodic_manager(context = {C})]`"
)]
pub trait ProvidesContext<C>: PeriodicManager {
    /// The context to pass on; `context` is this manager's own.
    fn provide_context<'a>(&self, context: &'a Self::Context) -> &'a C;
}

impl<M: PeriodicManager + ?Sized> ProvidesContext<()> for M {
    fn provide_context<'a>(&self, _context: &'a Self::Context) -> &'a () {
        &()
    }
}

/// Runs a row of an included manager: what the generated code calls for each field of `include(..)`.
pub fn delegate<'a, M, D>(
    manager: &'a M,
    included: &'a D,
    row: &[u32],
    given: Given<'a, M::Owner, M::Context>,
) -> Call<'a>
where
    D: PeriodicManager + ?Sized,
    M: ProvidesOwner<D::Owner> + ProvidesContext<D::Context> + ?Sized,
{
    included.call(
        row,
        Given {
            owner: manager.provide_owner(given.owner),
            context: manager.provide_context(given.context),
            run: given.run,
        },
    )
}
