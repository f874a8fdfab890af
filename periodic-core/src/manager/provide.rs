use super::{Call, Given, PeriodicManager};

/// A manager that can be the owner `O` of the managers that it includes, or pass one on.
///
/// `Own` is its own owner. `By` is the expansion that implements the trait: two `impl`s of one manager are one error,
/// and not one for each trait. The trait does not require `PeriodicManager`, whose bounds would be reported here once
/// more.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot include a driver whose owner is `{O}`",
    label = "the driver's tasks ask for a `&{O}`",
    note = "a driver goes into its owner, or into a manager with `#[periodic_manager(owner = {O})]`"
)]
pub trait ProvidesOwner<O, Own, By> {
    /// Returns the owner to pass on; `owner` is this manager's own.
    fn provide_owner<'a>(&'a self, owner: &'a Own) -> &'a O;
}

impl<M: ?Sized, Own, By> ProvidesOwner<(), Own, By> for M {
    fn provide_owner<'a>(&'a self, _owner: &'a Own) -> &'a () {
        &()
    }
}

/// A manager that can pass a context `C` on to the managers that it includes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot include a manager whose context is `{C}`",
    label = "the included tasks ask for a `&{C}`",
    note = "give both the same context: `#[periodic_manager(context = {C})]`"
)]
pub trait ProvidesContext<C, Own, By> {
    /// Returns the context to pass on; `context` is this manager's own.
    fn provide_context<'a>(&self, context: &'a Own) -> &'a C;
}

impl<M: ?Sized, Own, By> ProvidesContext<(), Own, By> for M {
    fn provide_context<'a>(&self, _context: &'a Own) -> &'a () {
        &()
    }
}

/// Runs a row of an included manager: generated code calls it for each field of `include(..)`.
pub fn delegate<'a, By, M, D, O, C>(
    manager: &'a M,
    included: &'a D,
    row: &[u32],
    given: Given<'a, O, C>,
) -> Call<'a>
where
    D: PeriodicManager + ?Sized,
    M: ProvidesOwner<D::Owner, O, By> + ProvidesContext<D::Context, C, By> + ?Sized,
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
