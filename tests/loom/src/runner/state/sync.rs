pub(in crate::runner) use loom::sync::Arc;
pub(super) use loom::sync::atomic::{AtomicBool, Ordering};

/// A cell that is written once, with the orderings of the standard library's, of which loom has none.
pub(super) struct OnceLock<T> {
    is_set: AtomicBool,
    value: std::sync::OnceLock<T>,
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self { is_set: AtomicBool::new(false), value: std::sync::OnceLock::new() }
    }
}

impl<T> OnceLock<T> {
    pub(super) fn get(&self) -> Option<&T> {
        self.is_set.load(Ordering::Acquire).then(|| self.value.get()).flatten()
    }

    pub(super) fn get_or_init(&self, value: impl FnOnce() -> T) -> &T {
        if self.get().is_none() {
            let _ = self.value.set(value());
            self.is_set.store(true, Ordering::Release);
        }
        // Only the worker writes it, and just has.
        self.value.get().expect("it was set above")
    }
}
