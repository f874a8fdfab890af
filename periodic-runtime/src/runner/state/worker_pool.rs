//! The workers: reused tokio tasks, each of which runs one spawned run at a time.

use std::mem;

use tokio::task::JoinHandle;

use super::sync::{Arc, Ordering};
use super::worker_slot::{NeedWorker, WorkerSlot};

/// The most idle workers that are kept although no run needs them.
const IDLE: usize = 256;

/// The workers of a runner.
///
/// A called worker takes the run that waits longest. After it, the worker is called again as long as runs wait and few
/// other workers are at work. On a runtime of several threads each run has a turn of its own: the tasks that it woke on
/// its thread come before the next run, which may block that thread. As many workers are at work as there are threads,
/// and one more, so that another goes on if those hold their threads. On a single thread a run that blocks it delays
/// everything anyway. There a worker takes one run after the other as long as they end at once.
///
/// Tokio keeps the task that was woken last from other threads until the turn of its waker ends. So a worker is called
/// only where no user code follows in the same turn.
#[derive(Default)]
pub(in crate::runner) struct WorkerPool {
    /// The one that rests longest comes first.
    idle: Vec<Arc<WorkerSlot>>,
    /// The number of workers that were idle all the time since the last trim.
    unused: usize,
    /// The number of workers to let go.
    excess: usize,
    /// The number of turns that came late since runs wait. Each is one more worker at work.
    late: usize,
    /// The number of called workers that have not arrived yet.
    called: usize,
    /// The number of workers whose run has begun, and has neither ended nor released its thread.
    active: usize,
    /// The number of workers.
    alive: usize,
    tasks: Vec<JoinHandle<()>>,
    /// The number of the runtime's threads; `None` if it is the caller's own.
    threads: Option<usize>,
    closed: bool,
}

/// The next step of a worker that has taken no run.
#[derive(Debug)]
pub(in crate::runner) enum Stays {
    /// It comes again after the runtime's other tasks.
    Called,
    /// It waits for a call.
    Idle,
    /// It is not kept.
    No,
}

impl WorkerPool {
    pub(in crate::runner) fn open(&mut self, threads: Option<usize>) {
        self.threads = threads;
    }

    /// Whether the runtime has threads of its own.
    pub(in crate::runner) fn is_parallel(&self) -> bool {
        self.threads.is_some()
    }

    /// Notes that a called worker has arrived.
    pub(in crate::runner) fn arrived(&mut self, worker_slot: &WorkerSlot) {
        worker_slot.called.store(false, Ordering::Release);
        self.called -= 1;
        self.check();
    }

    /// Notes that a worker's turn came late: the runtime has much to do, and few workers have a small share of it.
    pub(in crate::runner) fn came_late(&mut self) {
        self.late += 1;
    }

    /// Notes that a worker has taken a run.
    pub(in crate::runner) fn took(&mut self) {
        self.active += 1;
    }

    /// Notes that a worker's run has ended, or goes on without its thread.
    pub(in crate::runner) fn released(&mut self) {
        self.active -= 1;
    }

    /// Calls one more worker, if there are too few for the `waiting` runs.
    pub(in crate::runner) fn call(&mut self, waiting: usize) -> Option<NeedWorker> {
        self.is_short(waiting).then(|| self.next())
    }

    /// Calls another worker if one that takes a run now would leave none to go on with the others while it holds its
    /// thread, or has given it up. It takes none then, and is called again.
    pub(in crate::runner) fn call_ahead(
        &mut self,
        worker_slot: &WorkerSlot,
        waiting: usize,
    ) -> Option<NeedWorker> {
        if !self.is_parallel() || self.closed || self.called > 0 || waiting <= 1 {
            return None;
        }
        self.note_call(worker_slot);
        Some(self.next())
    }

    /// Whether there are too few workers for the `waiting` runs.
    pub(in crate::runner) fn is_short(&self, waiting: usize) -> bool {
        let most = self.threads.map_or(1, |threads| threads + 1 + self.late);
        let leaves_none = self.is_parallel() && self.called == 0 && waiting > 0;
        !self.closed && (leaves_none || self.called + self.active < waiting.min(most))
    }

    /// Lets half of the workers go that no run needed since the last trim; returns idle ones to wake.
    pub(in crate::runner) fn trim(&mut self) -> Vec<NeedWorker> {
        let excess = (self.unused / 2).min(self.idle.len().saturating_sub(IDLE));
        let let_go: Vec<_> = self.idle.drain(..excess).collect();
        for worker_slot in &let_go {
            self.note_call(worker_slot);
        }
        (self.unused, self.excess) = (self.idle.len(), self.excess + excess);
        let_go.into_iter().map(NeedWorker::Wake).collect()
    }

    fn next(&mut self) -> NeedWorker {
        let call = self.idle.pop().map_or_else(
            || {
                self.alive += 1;
                NeedWorker::Spawn(Arc::default())
            },
            NeedWorker::Wake,
        );
        let (NeedWorker::Wake(worker_slot) | NeedWorker::Spawn(worker_slot)) = &call;
        self.unused = self.unused.min(self.idle.len());
        self.note_call(worker_slot);
        call
    }

    fn note_call(&mut self, worker_slot: &WorkerSlot) {
        self.called += 1;
        worker_slot.called.store(true, Ordering::Release);
        self.check();
    }

    /// Calls a worker again that takes no run, or parks it until it is called.
    pub(in crate::runner) fn stay(&mut self, worker_slot: &Arc<WorkerSlot>, waiting: usize) -> Stays {
        if waiting == 0 {
            self.late = 0;
        }
        if self.is_short(waiting) {
            self.note_call(worker_slot);
            return Stays::Called;
        }
        if self.closed || self.excess > 0 {
            self.excess = self.excess.saturating_sub(1);
            return Stays::No;
        }
        self.idle.push(Arc::clone(worker_slot));
        self.check();
        Stays::Idle
    }

    /// Owns a worker's task, and removes the ended ones once they are more than the others. Returns tasks to abort and
    /// drop when no lock is held: a panic's payload may be anything.
    pub(in crate::runner) fn own(&mut self, task: JoinHandle<()>) -> Vec<JoinHandle<()>> {
        if self.closed {
            return vec![task];
        }
        self.tasks.push(task);
        if self.tasks.len() < 64 + 2 * self.alive {
            return Vec::new();
        }
        let (ended, tasks) = mem::take(&mut self.tasks).into_iter().partition(JoinHandle::is_finished);
        self.tasks = tasks;
        ended
    }

    /// Notes that a worker is gone; returns whether it was called and never arrived.
    pub(in crate::runner) fn left(&mut self, worker_slot: &Arc<WorkerSlot>, is_active: bool) -> bool {
        self.alive -= 1;
        self.idle.retain(|other| !Arc::ptr_eq(other, worker_slot));
        if is_active {
            self.released();
        }
        let never_came = worker_slot.called.load(Ordering::Acquire);
        if never_came {
            self.arrived(worker_slot);
        }
        never_came
    }

    /// Closes the pool: it calls no worker any more. Abort and drop the returned values when no lock is held.
    pub(in crate::runner) fn close(&mut self) -> (Vec<JoinHandle<()>>, Vec<Arc<WorkerSlot>>) {
        self.closed = true;
        (mem::take(&mut self.tasks), mem::take(&mut self.idle))
    }

    fn check(&self) {
        debug_assert!(
            self.called + self.active <= self.alive,
            "{} of {} workers are called, and {} have runs",
            self.called,
            self.alive,
            self.active
        );
        debug_assert!(
            self.idle.iter().all(|worker_slot| !worker_slot.called.load(Ordering::Acquire)),
            "a worker that is called is not idle"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(threads: Option<usize>) -> WorkerPool {
        let mut pool = WorkerPool::default();
        pool.open(threads);
        pool
    }

    /// Calls all workers that this number of runs needs; returns their slots.
    fn called(pool: &mut WorkerPool, waiting: usize) -> Vec<Arc<WorkerSlot>> {
        let calls = std::iter::from_fn(|| pool.call(waiting));
        calls
            .map(|call| match call {
                NeedWorker::Wake(worker_slot) | NeedWorker::Spawn(worker_slot) => worker_slot,
            })
            .collect()
    }

    /// Lets a called worker take a run.
    fn takes(pool: &mut WorkerPool, worker_slot: &WorkerSlot) {
        pool.arrived(worker_slot);
        pool.took();
    }

    #[test]
    fn one_is_called_for_each_run_up_to_one_more_than_threads() {
        let mut pool = open(Some(2));
        assert_eq!(called(&mut pool, 2).len(), 2);
        assert_eq!(called(&mut pool, 100).len(), 1);
        assert_eq!(called(&mut open(None), 100).len(), 1);
    }

    #[test]
    fn one_whose_run_has_ended_comes_again_while_runs_wait_and_few_are_at_work() {
        let mut pool = open(Some(1));
        let worker_slots = called(&mut pool, 9);
        takes(&mut pool, &worker_slots[0]);
        assert!(!pool.is_short(8), "the one that is called goes on, if this one does not");
        pool.released();
        assert!(matches!(pool.stay(&worker_slots[0], 8), Stays::Called));
        takes(&mut pool, &worker_slots[0]);
        pool.released();
        assert!(matches!(pool.stay(&worker_slots[0], 1), Stays::Idle), "the other is called for the last");
    }

    #[test]
    fn one_that_takes_a_run_leaves_another_that_is_called_where_runs_wait() {
        let mut pool = open(Some(2));
        let worker_slots = called(&mut pool, 9);
        takes(&mut pool, &worker_slots[0]);
        takes(&mut pool, &worker_slots[1]);
        pool.arrived(&worker_slots[2]);
        assert!(pool.call_ahead(&worker_slots[2], 1).is_none(), "no run is left to another");
        assert!(pool.call_ahead(&worker_slots[2], 2).is_some());
        pool.arrived(&worker_slots[2]);
        assert!(pool.call_ahead(&worker_slots[2], 2).is_none());
        let mut pool = open(None);
        let worker_slots = called(&mut pool, 9);
        pool.arrived(&worker_slots[0]);
        assert!(pool.call_ahead(&worker_slots[0], 9).is_none(), "on a single thread it would not get there");
    }

    #[test]
    fn one_whose_run_releases_its_thread_is_replaced() {
        for threads in [None, Some(1)] {
            let mut pool = open(threads);
            for worker_slot in called(&mut pool, 9) {
                takes(&mut pool, &worker_slot);
            }
            pool.released();
            assert_eq!(called(&mut pool, 9).len(), 1);
        }
    }

    #[test]
    fn on_a_busy_runtime_more_are_at_work_until_no_run_waits() {
        let mut pool = open(Some(2));
        let worker_slots = called(&mut pool, 9);
        pool.came_late();
        pool.came_late();
        assert_eq!(called(&mut pool, 9).len(), 2);
        pool.arrived(&worker_slots[0]);
        assert!(matches!(pool.stay(&worker_slots[0], 0), Stays::Idle));
        assert!(!pool.is_short(9), "as many as before are called");
        takes(&mut pool, &worker_slots[1]);
        pool.released();
        assert!(matches!(pool.stay(&worker_slots[1], 9), Stays::Idle));
    }

    #[test]
    fn who_rests_is_called_first() {
        let mut pool = open(Some(2));
        let worker_slot = called(&mut pool, 1).remove(0);
        takes(&mut pool, &worker_slot);
        pool.released();
        assert!(matches!(pool.stay(&worker_slot, 0), Stays::Idle));
        let worker_slots = called(&mut pool, 2);
        assert!(Arc::ptr_eq(&worker_slots[0], &worker_slot) && !Arc::ptr_eq(&worker_slots[1], &worker_slot));
    }

    #[test]
    fn workers_that_no_run_needs_are_let_go_by_and_by() {
        let mut pool = open(Some(2));
        let worker_slots: Vec<_> = (0..1_000)
            .map(|_| {
                let worker_slot = called(&mut pool, 1).remove(0);
                takes(&mut pool, &worker_slot);
                pool.released();
                worker_slot
            })
            .collect();
        for worker_slot in &worker_slots {
            assert!(matches!(pool.stay(worker_slot, 0), Stays::Idle));
        }
        let mut left = Vec::new();
        for _ in 0..6 {
            for call in pool.trim() {
                let NeedWorker::Wake(worker_slot) = call else { panic!("it was idle") };
                pool.arrived(&worker_slot);
                assert!(matches!(pool.stay(&worker_slot, 0), Stays::No));
                pool.left(&worker_slot, false);
            }
            left.push(pool.idle.len());
        }
        assert_eq!(left, [1_000, 500, 256, 256, 256, 256]);
    }

    #[test]
    fn one_that_never_comes_counts_no_more() {
        let mut pool = open(Some(2));
        let worker_slots = called(&mut pool, 3);
        assert!(pool.left(&worker_slots[0], false) && pool.is_short(3));
        takes(&mut pool, &worker_slots[1]);
        assert!(!pool.left(&worker_slots[1], true), "it came");
        assert!(pool.left(&worker_slots[2], false));
        assert_eq!((pool.called, pool.active, pool.alive), (0, 0, 0));
    }

    #[test]
    fn one_that_is_gone_is_not_called() {
        let mut pool = open(Some(2));
        let worker_slot = called(&mut pool, 1).remove(0);
        pool.arrived(&worker_slot);
        assert!(matches!(pool.stay(&worker_slot, 0), Stays::Idle));
        assert!(!pool.left(&worker_slot, false));
        assert!(!Arc::ptr_eq(&called(&mut pool, 1)[0], &worker_slot));
    }

    /// A service that runs for years spawns workers again and again, and keeps none that are gone.
    #[tokio::test]
    async fn the_tasks_of_workers_that_have_ended_are_let_go() {
        let mut pool = open(Some(2));
        let mut most = 0;
        for _ in 0..500 {
            let task = tokio::spawn(std::future::ready(()));
            while !task.is_finished() {
                tokio::task::yield_now().await;
            }
            drop(pool.own(task));
            most = most.max(pool.tasks.len());
        }
        assert_eq!(most, 64 - 1);
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "a worker that is called is not idle"))]
    fn one_that_is_called_does_not_rest_before_it_came() {
        let mut pool = open(Some(1));
        let worker_slot = called(&mut pool, 1).remove(0);
        let _ = pool.stay(&worker_slot, 0);
    }

    #[test]
    fn a_closed_pool_calls_and_keeps_none() {
        let mut pool = open(Some(2));
        let worker_slots = called(&mut pool, 2);
        pool.arrived(&worker_slots[0]);
        drop(pool.close());
        assert!(matches!(pool.stay(&worker_slots[0], 9), Stays::No));
        assert!(pool.call(9).is_none() && pool.call_ahead(&worker_slots[0], 9).is_none());
    }
}
