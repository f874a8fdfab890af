use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;

/// The most times that a thread gives its turn to the others before it locks again.
const TURNS: u32 = 1_000;

/// A lock that is held for a short time. A long work holds it in portions, between which others have it first.
///
/// A mutex goes to the next thread that asks, which is mostly the one that has just unlocked it: those that sleep wake up
/// too late.
pub(super) struct Lock<T> {
    value: Mutex<T>,
    /// The number of threads that wait for it.
    waiting: AtomicUsize,
}

impl<T> Lock<T> {
    pub(super) fn new(value: T) -> Self {
        Self { value: Mutex::new(value), waiting: AtomicUsize::new(0) }
    }

    #[inline]
    pub(super) fn lock(&self) -> MutexGuard<'_, T> {
        // A panic inside would be a defect of the scheduler; other tasks' runs are still worth reporting.
        match self.value.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(error)) => error.into_inner(),
            Err(TryLockError::WouldBlock) => self.wait(),
        }
    }

    #[cold]
    fn wait(&self) -> MutexGuard<'_, T> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let guard = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    /// Lets the threads that wait have the lock. The caller does not hold it.
    pub(super) fn give_way(&self) {
        for _ in 0..TURNS {
            if self.waiting.load(Ordering::Relaxed) == 0 {
                return;
            }
            thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    #[test]
    fn between_two_portions_a_thread_that_waits_has_the_lock() {
        let (turns, is_done) = (Lock::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    *turns.lock() += 1;
                }
            });
            for _portion in 0..100 {
                let mut before = turns.lock();
                while turns.waiting.load(Ordering::Relaxed) == 0 {
                    thread::yield_now();
                }
                *before = 0;
                drop(before);
                turns.give_way();
                let after = *turns.lock();
                // In any case, so that the other thread ends.
                if after == 0 {
                    is_done.store(true, Ordering::Relaxed);
                }
                assert!(after > 0, "the thread that waited came after the next portion");
            }
            is_done.store(true, Ordering::Relaxed);
        });
    }
}
