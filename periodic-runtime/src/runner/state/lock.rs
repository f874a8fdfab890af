use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest time for which a thread waits for another one to take its turn. That one may not run just now.
const PATIENCE: Duration = Duration::from_millis(20);

/// A lock that is held for a short time. A long work holds it in portions, between which others have it first.
///
/// A mutex goes to the next thread that asks, which is mostly the one that has just unlocked it: those that sleep wake up
/// too late.
pub(super) struct Lock<T> {
    value: Mutex<T>,
    /// The number of threads that wait for it.
    waiting: AtomicUsize,
    /// The number of times that one of them got it.
    turns: AtomicUsize,
}

impl<T> Lock<T> {
    pub(super) fn new(value: T) -> Self {
        Self { value: Mutex::new(value), waiting: AtomicUsize::new(0), turns: AtomicUsize::new(0) }
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
        self.turns.fetch_add(1, Ordering::Relaxed);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    /// Lets a thread that waits have the lock. The caller does not hold it.
    pub(super) fn give_way(&self) {
        let before = self.turns.load(Ordering::Relaxed);
        let mut since = None;
        while self.waiting.load(Ordering::Relaxed) > 0 && self.turns.load(Ordering::Relaxed) == before {
            if since.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
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
            let mut given = 0;
            for _portion in 0..100 {
                let mut before = turns.lock();
                while turns.waiting.load(Ordering::Relaxed) == 0 {
                    thread::yield_now();
                }
                *before = 0;
                drop(before);
                turns.give_way();
                given += u32::from(*turns.lock() > 0);
            }
            // Before it may panic, so that the other thread ends.
            is_done.store(true, Ordering::Relaxed);
            // On a busy machine the other thread may not run for a while.
            assert!(given > 50, "the thread that waited came after the next portion {} times", 100 - given);
        });
    }
}
