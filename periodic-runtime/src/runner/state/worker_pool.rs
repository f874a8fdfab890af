//! The workers: reused tokio tasks, each of which runs one spawned run at a time.

use std::collections::VecDeque;
use std::mem;
use std::task::Waker;

use tokio::task::JoinHandle;

use super::handed::QueuedRun;
use super::sync::{Arc, AtomicBool, OnceLock, Ordering};

/// The most idle workers that are kept.
const IDLE: usize = 256;

/// The workers of a runner, and the runs that wait for one of them.
///
/// A called worker takes the run that waits longest. On a runtime of several threads one is called for each run, and
/// runs only that. So a run that blocks its thread delays neither another run nor the tasks woken on that thread
/// before. On a single thread, such a run delays everything anyway. There a worker takes one run after the other as
/// long as they end at once. Another worker is called first, to continue if one does not end.
#[derive(Default)]
pub(in crate::runner) struct WorkerPool {
    waiting: VecDeque<QueuedRun>,
    idle: Vec<Arc<WorkerSlot>>,
    /// The number of called workers that have not arrived yet.
    called: usize,
    /// The number of workers.
    alive: usize,
    tasks: Vec<JoinHandle<()>>,
    /// Whether the runtime has several threads.
    parallel: bool,
    closed: bool,
}

/// The place where a worker waits.
#[derive(Default)]
pub(in crate::runner) struct WorkerSlot {
    called: AtomicBool,
    /// The worker's waker: a tokio task has only one.
    waker: OnceLock<Waker>,
}

impl WorkerSlot {
    /// Whether its worker was called and has not arrived. If not, a call will wake it.
    pub(in crate::runner) fn is_called(&self, waker: &Waker) -> bool {
        self.waker.get_or_init(|| waker.clone());
        self.called.load(Ordering::Acquire)
    }

    pub(in crate::runner) fn wake(&self) {
        if let Some(waker) = self.waker.get() {
            waker.wake_by_ref();
        }
    }
}

/// A worker that runs wait for. It is woken or spawned once the lock is free.
pub(in crate::runner) enum NeedWorker {
    Wake(Arc<WorkerSlot>),
    Spawn(Arc<WorkerSlot>),
}

impl WorkerPool {
    pub(in crate::runner) fn open(&mut self, parallel: bool) {
        self.parallel = parallel;
    }

    pub(in crate::runner) fn is_parallel(&self) -> bool {
        self.parallel
    }

    /// Queues runs for a worker.
    pub(in crate::runner) fn queue(&mut self, runs: &mut VecDeque<QueuedRun>) {
        if self.waiting.is_empty() {
            mem::swap(&mut self.waiting, runs);
        } else {
            self.waiting.append(runs);
        }
    }

    /// Takes the run that waits longest.
    pub(in crate::runner) fn take(&mut self) -> Option<QueuedRun> {
        self.waiting.pop_front()
    }

    /// Notes that a called worker has arrived.
    pub(in crate::runner) fn arrived(&mut self, worker_slot: &WorkerSlot) {
        worker_slot.called.store(false, Ordering::Release);
        self.called -= 1;
        self.check();
    }

    /// Calls one more worker, if a run waits for which none was called.
    pub(in crate::runner) fn call(&mut self) -> Option<NeedWorker> {
        if !self.is_short() || self.closed {
            return None;
        }
        self.called += 1;
        let call = self.idle.pop().map_or_else(
            || {
                self.alive += 1;
                NeedWorker::Spawn(Arc::default())
            },
            NeedWorker::Wake,
        );
        let (NeedWorker::Wake(worker_slot) | NeedWorker::Spawn(worker_slot)) = &call;
        worker_slot.called.store(true, Ordering::Release);
        self.check();
        Some(call)
    }

    fn is_short(&self) -> bool {
        let wanted = if self.parallel { self.waiting.len() } else { self.waiting.len().min(1) };
        self.called < wanted
    }

    /// Parks a worker until it is called; returns whether it is kept.
    pub(in crate::runner) fn park(&mut self, worker_slot: &Arc<WorkerSlot>) -> bool {
        let kept = self.idle.len() < IDLE && !self.closed;
        if kept {
            self.idle.push(Arc::clone(worker_slot));
        }
        self.check();
        kept
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

    /// Notes that a worker is gone. If it was called and never arrived, its runtime is shut down; returns the runs
    /// that no worker can run now.
    pub(in crate::runner) fn left(&mut self, worker_slot: &Arc<WorkerSlot>) -> Vec<QueuedRun> {
        self.alive -= 1;
        self.idle.retain(|other| !Arc::ptr_eq(other, worker_slot));
        let mut lost = Vec::new();
        if worker_slot.called.load(Ordering::Acquire) {
            self.arrived(worker_slot);
            while self.is_short()
                && let Some(queued) = self.waiting.pop_front()
            {
                lost.push(queued);
            }
        }
        lost
    }

    /// Closes the pool: it calls no worker any more. Abort and drop the returned values when no lock is held.
    pub(in crate::runner) fn close(
        &mut self,
    ) -> (Vec<JoinHandle<()>>, Vec<Arc<WorkerSlot>>, VecDeque<QueuedRun>) {
        self.closed = true;
        (mem::take(&mut self.tasks), mem::take(&mut self.idle), mem::take(&mut self.waiting))
    }

    fn check(&self) {
        debug_assert!(self.called <= self.alive, "{} of {} workers are called", self.called, self.alive);
        debug_assert!(
            self.idle.iter().all(|worker_slot| !worker_slot.called.load(Ordering::Acquire)),
            "a worker that is called is not idle"
        );
    }
}

#[cfg(test)]
mod tests {
    use periodic_core::scheduler::{Scheduler, SchedulerOptions};
    use periodic_core::task::{Task, TaskName, TaskSpec};
    use periodic_core::time::Now;

    use super::super::handed::Handed;
    use super::*;

    /// Returns runs of one task each.
    fn runs_of(count: u32) -> VecDeque<QueuedRun> {
        let mut scheduler = Scheduler::empty(SchedulerOptions::default(), Now::default());
        for task in 0..count {
            let name = TaskName::new("Manager", &task.to_string()).unwrap();
            scheduler.add(Task::new(name, TaskSpec::new("").run_immediately()), Now::default()).unwrap();
        }
        let _ = scheduler.poll(Now::default());
        let handed = std::iter::from_fn(|| scheduler.driver().hand_out(Now::default()));
        handed.map(|start| QueuedRun { handed: Handed { start, added: None }, replaced: None }).collect()
    }

    fn open(parallel: bool, runs: u32) -> WorkerPool {
        let mut pool = WorkerPool::default();
        pool.open(parallel);
        pool.queue(&mut runs_of(runs));
        pool
    }

    /// Calls all needed workers; returns their slots.
    fn called(pool: &mut WorkerPool) -> Vec<Arc<WorkerSlot>> {
        let calls = std::iter::from_fn(|| pool.call());
        calls
            .map(|call| match call {
                NeedWorker::Wake(worker_slot) | NeedWorker::Spawn(worker_slot) => worker_slot,
            })
            .collect()
    }

    #[test]
    fn on_several_threads_one_is_called_for_each_run_and_else_one_at_a_time() {
        let mut pool = open(true, 3);
        assert_eq!(called(&mut pool).len(), 3);
        pool.queue(&mut runs_of(2));
        assert_eq!(called(&mut pool).len(), 2);

        let mut pool = open(false, 3);
        let [first] = &called(&mut pool)[..] else { panic!("one is called") };
        assert!(pool.call().is_none());
        pool.arrived(first);
        assert!(pool.take().is_some());
        assert_eq!(called(&mut pool).len(), 1, "to go on where the first cannot");
    }

    #[test]
    fn who_rests_is_called_first() {
        let mut pool = open(true, 1);
        let worker_slot = called(&mut pool).remove(0);
        pool.arrived(&worker_slot);
        assert!(pool.take().is_some() && pool.call().is_none());
        assert!(pool.park(&worker_slot));
        pool.queue(&mut runs_of(2));
        let worker_slots = called(&mut pool);
        assert!(Arc::ptr_eq(&worker_slots[0], &worker_slot) && !Arc::ptr_eq(&worker_slots[1], &worker_slot));
    }

    #[test]
    fn what_waits_for_a_worker_that_never_comes_is_lost() {
        let mut pool = open(true, 3);
        let worker_slots = called(&mut pool);
        assert_eq!(pool.left(&worker_slots[0]).len(), 1);
        pool.arrived(&worker_slots[1]);
        assert_eq!(pool.left(&worker_slots[1]).len(), 0, "it came, and took none");
        assert_eq!(pool.left(&worker_slots[2]).len(), 2);

        let mut pool = open(false, 3);
        let worker_slots = called(&mut pool);
        assert_eq!(pool.left(&worker_slots[0]).len(), 3);
        assert_eq!(pool.alive, 0);
    }

    #[test]
    fn one_that_is_gone_is_not_called() {
        let mut pool = open(true, 1);
        let worker_slot = called(&mut pool).remove(0);
        pool.arrived(&worker_slot);
        assert!(pool.take().is_some() && pool.park(&worker_slot));
        assert!(pool.left(&worker_slot).is_empty());
        pool.queue(&mut runs_of(1));
        assert!(!Arc::ptr_eq(&called(&mut pool)[0], &worker_slot));
    }

    /// A service that runs for years spawns workers again and again, and keeps none that are gone.
    #[tokio::test]
    async fn the_tasks_of_workers_that_have_ended_are_let_go() {
        let mut pool = WorkerPool::default();
        pool.open(true);
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
        let mut pool = open(true, 1);
        let worker_slot = called(&mut pool).remove(0);
        pool.park(&worker_slot);
    }

    #[test]
    fn a_closed_pool_calls_and_keeps_none() {
        let mut pool = open(true, 2);
        let worker_slots = called(&mut pool);
        pool.arrived(&worker_slots[0]);
        let (_, _, waiting) = pool.close();
        assert_eq!(waiting.len(), 2);
        assert!(!pool.park(&worker_slots[0]));
        pool.queue(&mut runs_of(1));
        assert!(pool.call().is_none());
    }
}
