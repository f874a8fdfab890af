//! The workers that spawned runs share: each run goes as if it had a tokio task of its own.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use periodic::task::{Execution, Overlap, Run, TaskName};
use periodic::{Handle, Runner};
use tokio::runtime::Builder;
use tokio::sync::{Barrier, Notify};
use tokio::task::coop;
use tokio::time::timeout;
use tracing::Level;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use super::stage::{Empty, Stage, every, soon};

/// How many workers are kept that no run needs.
const KEPT: usize = 256;

fn tokio_tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// A name for each of this number of tasks.
fn names(count: usize) -> Vec<&'static str> {
    (0..count).map(|task| &*format!("task_{task:04}").leak()).collect()
}

#[tokio::test(start_paused = true)]
async fn runs_one_after_the_other_share_a_worker() {
    let stage = Stage::new().await;
    let seen = Arc::new(Mutex::new(HashSet::new()));
    let ids = Arc::clone(&seen);
    stage.task(every("poll", 10), move |_| {
        ids.lock().unwrap().insert(tokio::task::id());
        tokio::time::sleep(Duration::from_secs(1))
    });
    stage.until(1_001).await;
    assert_eq!(stage.starts("poll").len(), 100);
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn runs_that_are_due_together_go_together_and_start_in_table_order() {
    let (stage, before) = (Stage::new().await, tokio_tasks());
    let names = names(1_000);
    let all = Arc::new(Barrier::new(names.len()));
    for name in &names {
        let all = Arc::clone(&all);
        stage.task(every(name, 50).max_runs(std::num::NonZero::new(5).unwrap()), move |_| {
            let all = Arc::clone(&all);
            async move { _ = all.wait().await }
        });
    }
    stage.until(51).await;
    let started: Vec<_> = stage.order().into_iter().map(|(name, _)| name).collect();
    assert_eq!(started, names);
    assert!(names.iter().all(|name| stage.status(name).counters.ok == 1));
    stage.until(249).await;
    assert_eq!(tokio_tasks() - before, names.len(), "those that are needed again and again are kept");
    stage.until(600).await;
    assert!(names.iter().all(|name| stage.status(name).counters.ok == 5));
    assert_eq!(tokio_tasks() - before, KEPT, "those that no run needs are let go");
}

#[tokio::test(start_paused = true)]
async fn short_runs_leave_other_tasks_their_turn() {
    let stage = Stage::new().await;
    let (runs, begun) = (Arc::new(AtomicU64::new(0)), Arc::new(Notify::new()));
    for name in names(10_000) {
        let (runs, begun) = (Arc::clone(&runs), Arc::clone(&begun));
        stage.task(every(name, 10), move |_| {
            runs.fetch_add(1, Ordering::SeqCst);
            begun.notify_one();
            async {}
        });
    }
    let other = tokio::spawn(async move {
        begun.notified().await;
        let mut turns = 0;
        while runs.load(Ordering::SeqCst) < 10_000 {
            turns += 1;
            tokio::task::yield_now().await;
        }
        turns
    });
    let turns = other.await.unwrap();
    assert!(turns >= 20, "{turns}");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_used_up_its_budget_leaves_one_to_the_next() {
    let stage = Stage::new().await;
    stage.task(every("greedy", 10), |_| async {
        while coop::has_budget_remaining() {
            coop::consume_budget().await;
        }
    });
    let fresh = Arc::new(Mutex::new(None));
    let saw = Arc::clone(&fresh);
    stage.task(every("next", 10), move |_| {
        *saw.lock().unwrap() = Some(coop::has_budget_remaining());
        async {}
    });
    stage.until(15).await;
    assert_eq!(*fresh.lock().unwrap(), Some(true));
}

#[tokio::test(start_paused = true)]
async fn a_newer_slot_ends_the_run_that_it_replaces_and_no_other() {
    let stage = Stage::new().await;
    stage.lasting(every("goes_on", 100), 95);
    stage.lasting(every("replaced", 100).overlap(Overlap::Replace), 1_000);
    stage.lasting(every("too", 100), 95);
    stage.until(310).await;
    assert_eq!(stage.outcomes("replaced"), ["Cancelled x1", "Cancelled x1"]);
    assert_eq!(stage.starts("replaced"), [100, 200, 300]);
    assert_eq!(stage.outcomes("goes_on"), ["Ok x1", "Ok x1"]);
    assert_eq!(stage.outcomes("too"), ["Ok x1", "Ok x1"]);
    let _ = stage.handle.trigger("replaced").unwrap();
    stage.until(311).await;
    assert_eq!(stage.outcomes("replaced").len(), 3, "also where a slot by hand replaces it");
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("cut");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_panics_when_it_is_replaced_ends_nothing_else() {
    let stage = Stage::new().await;
    stage.task(every("replaced", 100).overlap(Overlap::Replace), |_| async {
        let _bomb = Bomb;
        std::future::pending::<()>().await;
    });
    stage.lasting(every("goes_on", 100), 95);
    stage.until(210).await;
    assert_eq!(stage.outcomes("replaced"), ["Panicked(\"cut\") x1"]);
    assert_eq!(stage.outcomes("goes_on"), ["Ok x1"]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_leaves_no_worker_and_no_manager_behind() {
    for hangs in [false, true] {
        let before = tokio_tasks();
        let manager = Arc::new(Empty);
        let runner = Runner::builder(Arc::clone(&manager)).build().unwrap();
        let handle = runner.handle();
        for name in names(20) {
            let run = move |_: Run| async move {
                if hangs {
                    std::future::pending::<()>().await;
                }
            };
            handle.add(TaskName::new("Stage", name).unwrap(), every(name, 10), run).unwrap();
        }
        let stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(15))).await;
        assert_eq!(stopped.cut().len(), if hangs { 20 } else { 0 });
        assert_eq!(tokio_tasks(), before);
        assert_eq!(Arc::strong_count(&manager), 1);
    }
}

/// Starts this number of runs, one of which holds its thread until it is released, and waits for the others.
async fn beside_one_that_hangs(runs: usize, hang: fn(&mpsc::Receiver<()>)) {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let (release, released) = mpsc::channel();
    let released = Arc::new(Mutex::new(released));
    let add = |name: &'static str, hangs: bool, others: &Arc<AtomicUsize>| {
        let (released, others) = (Arc::clone(&released), Arc::clone(others));
        let spec = every(name, 3_600).run_immediately();
        let run = move |_: Run| {
            let (released, others) = (Arc::clone(&released), Arc::clone(&others));
            async move {
                if hangs {
                    hang(&released.lock().unwrap());
                } else {
                    others.fetch_add(1, Ordering::SeqCst);
                }
            }
        };
        handle.add(TaskName::new("Stage", name).unwrap(), spec, run).unwrap();
    };
    let others = Arc::new(AtomicUsize::new(0));
    let names = names(runs);
    for name in &names {
        add(name, *name == names[7], &others);
    }
    let running = tokio::spawn(runner.run());
    let all_ran = async {
        while others.load(Ordering::SeqCst) < runs - 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let ran = timeout(Duration::from_secs(20), all_ran).await;
    release.send(()).unwrap();
    handle.stop();
    let _ = running.await.unwrap();
    assert!(ran.is_ok(), "{others:?} of {runs} less one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_holds_its_thread_delays_no_other() {
    // More than are handed out at once.
    beside_one_that_hangs(300, |released| released.recv().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nor_does_one_that_gives_its_thread_up() {
    beside_one_that_hangs(100, |released| tokio::task::block_in_place(|| released.recv().unwrap())).await;
}

#[test]
fn what_a_run_woke_has_its_turn_before_the_next_run() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let ((release, released), (told, tells)) = (mpsc::channel::<()>(), mpsc::channel());
    let (woken, released) = (Arc::new(Notify::new()), Mutex::new(released));
    let wakes = Arc::clone(&woken);
    let add = |name, run: Box<dyn Fn() + Send + Sync>| {
        let run = move |_: Run| {
            run();
            async {}
        };
        handle.add(TaskName::new("Stage", name).unwrap(), every(name, 3_600).run_immediately(), run).unwrap();
    };
    add("wakes", Box::new(move || wakes.notify_one()));
    add("hangs", Box::new(move || released.lock().unwrap().recv().unwrap()));
    runtime.spawn(async move {
        woken.notified().await;
        told.send(()).unwrap();
    });
    runtime.spawn(async {
        tokio::task::yield_now().await;
        runner.run().await
    });
    assert_eq!(tells.recv_timeout(Duration::from_secs(10)), Ok(()));
    release.send(()).unwrap();
}

/// The runs of one turn and the next wake a task and block their thread by turns, each until the task of the one before
/// has been polled.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_runs_woke_waits_for_no_run_that_holds_its_thread() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let names = names(200);
    let polled: Vec<_> = (0..names.len()).map(|_| Arc::new(AtomicU32::new(0))).collect();
    for (number, name) in names.iter().enumerate() {
        let (wakes, woken) = (Arc::new(Notify::new()), Arc::clone(&polled[number]));
        let before = number.checked_sub(1).map(|before| Arc::clone(&polled[before]));
        let wake = Arc::clone(&wakes);
        tokio::spawn(async move {
            wakes.notified().await;
            woken.store(1, Ordering::SeqCst);
        });
        let run = move |_: Run| {
            wake.notify_one();
            // Every second run, so that a thread is left for the tasks.
            while number % 2 == 1 && before.as_ref().is_some_and(|before| before.load(Ordering::SeqCst) == 0)
            {
                std::hint::spin_loop();
            }
            async {}
        };
        handle.add(TaskName::new("Stage", name).unwrap(), every(name, 3_600).run_immediately(), run).unwrap();
    }
    let running = tokio::spawn(runner.run());
    soon(|| polled.iter().all(|polled| polled.load(Ordering::SeqCst) == 1)).await;
    handle.stop();
    let _ = running.await.unwrap();
}

/// Cannot bear errors.
struct Fragile;

impl<S: tracing::Subscriber> Layer<S> for Fragile {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        assert_ne!(*event.metadata().level(), Level::ERROR, "no room for an error");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_while_an_end_is_told_ends_one_worker_and_no_run() {
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(Fragile));
    let stage = Stage::new().await;
    stage.task(every("before", 10), |_| async {});
    stage.task(every("fails", 10), |_| async { Err::<(), _>("no route") });
    stage.task(every("behind", 10), |_| async {});
    stage.until(45).await;
    assert_eq!(stage.outcomes("before"), ["Ok x1"; 4]);
    assert_eq!(stage.outcomes("fails"), ["Failed(\"no route\") x1"; 4]);
    assert_eq!(stage.outcomes("behind"), ["Ok x1"; 4]);
}

/// Adds a task whose runs go on, and lets them begin.
fn running(handle: &Handle, name: &'static str) -> Arc<AtomicU32> {
    let begun = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&begun);
    let run = move |_: Run| {
        count.fetch_add(1, Ordering::SeqCst);
        std::future::pending::<()>()
    };
    handle.add(TaskName::new("Stage", name).unwrap(), every(name, 3_600).run_immediately(), run).unwrap();
    begun
}

#[test]
fn a_runtime_that_is_dropped_ends_each_run_once() {
    for threads in [0, 2] {
        let mut builder = match threads {
            0 => Builder::new_current_thread(),
            _ => Builder::new_multi_thread(),
        };
        let runtime = builder.enable_all().build().unwrap();
        let runner = Runner::builder(Empty).build().unwrap();
        let handle = runner.handle();
        let begun: Vec<_> = names(10).into_iter().map(|name| running(&handle, name)).collect();
        runtime.spawn(runner.run());
        runtime.block_on(soon(|| begun.iter().all(|begun| begun.load(Ordering::SeqCst) == 1)));
        drop(runtime);
        let outcomes: Vec<_> =
            handle.records().iter().map(|record| format!("{:?} x{}", record.outcome, record.count)).collect();
        assert_eq!(outcomes, ["Cancelled x1"; 10]);
        assert!(handle.activity().is_idle());
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_takes_back_what_waits_for_a_worker() {
    let stage = Stage::new().await;
    let control = stage.handle.clone();
    stage.task(every("first", 10), move |_| {
        control.pause("second").unwrap();
        async {}
    });
    stage.lasting(every("second", 10), 1);
    stage.task(every("third", 10), |_| async {});
    stage.until(15).await;
    assert_eq!(stage.outcomes("second"), ["Skipped(Paused) x1"]);
    assert_eq!(stage.starts("third"), [10]);
}

#[tokio::test(start_paused = true)]
async fn inline_runs_keep_their_place_among_those_of_workers() {
    let stage = Stage::new().await;
    let inline = |name| every(name, 10).execution(Execution::Inline);
    stage.lasting(every("a", 10), 1);
    stage.lasting(inline("b"), 1);
    stage.lasting(every("c", 10), 1);
    stage.lasting(every("d", 10), 1);
    stage.until(19).await;
    let order: Vec<_> = stage.order().into_iter().map(|(name, at)| format!("{name} {at}")).collect();
    // The runs behind an inline run wait for its end.
    assert_eq!(order, ["a 10", "b 10", "c 11", "d 11"]);
}
