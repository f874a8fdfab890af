#[cfg(debug_assertions)]
use std::cell::Cell;

#[cfg(debug_assertions)]
thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// A guard that lives while this thread holds a runner's lock. If the thread would take the lock again, and wait for
/// itself, a debug build panics.
pub(super) struct NoReEntry(());

impl NoReEntry {
    #[inline]
    pub(super) fn enter() -> Self {
        #[cfg(debug_assertions)]
        assert!(!INSIDE.replace(true), "a visit is entered by the thread that is in one");
        Self(())
    }
}

impl Drop for NoReEntry {
    #[inline]
    fn drop(&mut self) {
        #[cfg(debug_assertions)]
        INSIDE.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_may_be_entered_again_once_it_was_left() {
        drop(NoReEntry::enter());
        drop(NoReEntry::enter());
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "entered by the thread that is in one"))]
    fn a_visit_inside_another_is_a_defect() {
        let _outer = NoReEntry::enter();
        let _inner = NoReEntry::enter();
    }
}
