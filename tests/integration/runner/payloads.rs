//! Panics whose payload panics when it is dropped, and values of the user's that do.

use std::panic::panic_any;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use periodic::settings::TaskSettings;
use periodic::task::Interval;
use periodic::task::{Execution, Overlap, TaskName, TaskSpec};
use periodic::watch::Watcher;
use periodic::{Runner, Settings, periodic_manager, periodic_task};

use super::stage::{Empty, Stage, every, soon};
use super::wall_clock::stage_at;
use crate::bomb::{BadError, Bomb, explode, panic_at_each_entry, panic_at_each_event};

const PANICKED: &str = "Panicked(\"the panic's payload is not a text\") x1";

fn as_declared(task: &'static str, execution: Execution) -> TaskSpec {
    every(task, 10).execution(execution)
}

const WAYS: [(&str, Execution); 2] = [("spawned", Execution::Spawned), ("inline", Execution::Inline)];

/// The story `story-panic-payload`.
#[tokio::test(start_paused = true)]
async fn a_payload_that_panics_ends_its_own_run_only() {
    let stage = Stage::new().await;
    for (task, execution) in WAYS {
        stage.task(as_declared(task, execution), |_| async { explode() });
    }
    stage.plain(as_declared("plain_inline", Execution::Inline), |_| explode());
    stage.task(every("other", 10), |_| async {});
    stage.until(25).await;
    for task in ["spawned", "inline", "plain_inline"] {
        assert_eq!(stage.outcomes(task), [PANICKED, PANICKED], "{task}");
    }
    assert_eq!(stage.starts("other"), [10, 20]);
}

#[tokio::test(start_paused = true)]
async fn so_it_does_on_the_pool_for_blocking_work() {
    let stage = Stage::new().await;
    stage.plain(every("plain", 10), |_| explode());
    stage.until(10).await;
    soon(|| stage.outcomes("plain").len() == 1).await;
    assert_eq!(stage.outcomes("plain"), [PANICKED]);
}

#[tokio::test(start_paused = true)]
async fn an_error_that_panics_when_it_is_printed_or_dropped_is_a_panic() {
    let stage = Stage::new().await;
    for prints in [false, true] {
        for (task, execution) in WAYS {
            let name = format!("{task}_{prints}").leak();
            stage.task(
                as_declared(name, execution),
                move |_| async move { Err::<(), _>(BadError { prints }) },
            );
        }
    }
    stage.until(15).await;
    for task in ["spawned_false", "spawned_true", "inline_false", "inline_true"] {
        assert_eq!(stage.outcomes(task), [PANICKED], "{task}");
    }
}

#[tokio::test(start_paused = true)]
async fn locals_that_panic_when_their_run_is_cut_harm_nothing() {
    let stage = Stage::with(|builder| builder.grace(Duration::from_secs(1))).await;
    for (task, execution) in WAYS {
        let spec = as_declared(task, execution).timeout(Duration::from_secs(2));
        stage.task(spec, |_| async {
            let _bad = Bomb;
            std::future::pending::<()>().await;
        });
    }
    stage.task(every("replaced", 10).overlap(Overlap::Replace), |_| async {
        let _bad = Bomb;
        std::future::pending::<()>().await;
    });
    stage.until(25).await;
    for (task, _) in WAYS {
        assert_eq!(stage.outcomes(task), [PANICKED, PANICKED], "{task}");
    }
    assert_eq!(stage.outcomes("replaced"), [PANICKED]);
    // One is going yet, and is cut.
    stage.handle.stop();
    let handle = stage.handle.clone();
    let stopped = stage.stopped().await;
    assert_eq!((stopped.cut().len(), stopped.stuck().len()), (1, 0));
    assert_eq!(handle.status_of("replaced").unwrap().counters.cancelled, 1);
}

#[derive(Default)]
struct Request(#[expect(dead_code, reason = "it is dropped")] Option<Bomb>);

/// A manager that panics when it is dropped, as its contexts do.
struct Owner(Arc<AtomicU32>, Bomb);

#[periodic_manager(context = Request)]
impl Owner {
    #[periodic_task(spacing = 10)]
    async fn spawned(&self, context: &Request) {
        let _ = context;
    }

    #[periodic_task(spacing = 10, inline)]
    async fn inline(&self, context: &Request) {
        let _ = context;
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test(start_paused = true)]
async fn so_do_contexts_and_managers() {
    let runs = Arc::new(AtomicU32::new(0));
    let runner =
        Runner::builder_with(Owner(Arc::clone(&runs), Bomb), || Request(Some(Bomb))).build().unwrap();
    let handle = runner.handle();
    let stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(25))).await;
    assert!(stopped.cut().is_empty());
    for task in ["spawned", "inline"] {
        assert_eq!(handle.status_of(task).unwrap().counters.panicked, 2, "{task}");
    }
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    let runner = Runner::builder_with(Owner(runs, Bomb), || -> Request { panic_any(Bomb) }).build().unwrap();
    let handle = runner.handle();
    let _ = runner.run_until(tokio::time::sleep(Duration::from_secs(25))).await;
    for task in ["spawned", "inline"] {
        assert_eq!(handle.status_of(task).unwrap().counters.panicked, 2, "{task}");
    }
}

/// A waker of no executor.
struct Broken;

impl Wake for Broken {
    fn wake(self: Arc<Self>) {
        panic_any(Bomb);
    }
}

async fn count(mut watcher: Watcher, heard: Option<&AtomicU32>) {
    while watcher.next().await.is_some() {
        if let Some(heard) = heard {
            heard.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_watcher_whose_waker_panics_harms_neither_the_runner_nor_a_control() {
    let stage = Stage::new().await;
    stage.task(every("spawned", 10), |_| async {});
    stage.task(as_declared("inline", Execution::Inline), |_| async {});
    let (watcher, whole) = (stage.handle.watch(), stage.handle.watch());
    let (heard, waker) = (AtomicU32::new(0), Waker::from(Arc::new(Broken)));
    let (mut watching, mut counting) = (pin!(count(watcher, None)), pin!(count(whole, Some(&heard))));
    for seconds in 1..45 {
        // Waits anew, whenever it was woken.
        assert!(watching.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        if seconds == 25 {
            stage.handle.pause("spawned").unwrap();
        }
        stage.until(seconds).await;
        assert!(counting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(stage.starts("inline"), [10, 20, 30, 40]);
    assert_eq!(stage.starts("spawned"), [10, 20]);
    assert_eq!(heard.load(Ordering::SeqCst), 2 * 6 + 1, "each run starts and ends, and one is paused");
}

/// A log that panics at each line, also at those of a clock that is set back, a reload and the stop.
#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_each_line_harms_neither_the_runner_nor_a_control() {
    let _guard = panic_at_each_event();
    let (stage, ahead) = stage_at(1_772_377_200).await;
    stage.task(every("aligned", 10).align(), |_| async {});
    for (task, execution) in WAYS {
        stage.task(as_declared(task, execution), |_| async { Err::<(), _>("no luck") });
    }
    stage.task(every("odd", 10).timeout(Duration::from_secs(20)), |_| async {});
    stage.until(15).await;
    ahead.fetch_sub(4 * 3_600, Ordering::SeqCst);
    stage.until(45).await;
    let settings = Settings::new().task("aligned", TaskSettings::new().spacing(Interval::from_secs(5)));
    assert!(stage.handle.reload(&settings).is_err(), "the manager has no such task");
    assert!(stage.handle.reload(&Settings::new()).is_ok());
    for task in ["aligned", "odd"] {
        assert_eq!(stage.handle.status_of(task).unwrap().counters.ok, 4, "{task}");
    }
    for (task, _) in WAYS {
        assert_eq!(stage.handle.status_of(task).unwrap().counters.failed, 4, "{task}");
    }
    stage.handle.stop();
    assert!(stage.stopped().await.cut().is_empty());
}

/// A log that panics whenever a span is entered or left: no run may look as if its own code had panicked.
#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_each_entry_into_a_span_harms_no_run() {
    for enters in [true, false] {
        let _guard = panic_at_each_entry(enters);
        let stage = Stage::new().await;
        for (task, execution) in WAYS {
            stage.task(as_declared(task, execution), |_| async {});
        }
        stage.task(every("panics", 10), |_| async { explode() });
        stage.plain(every("plain", 10), |_| {});
        stage.until(25).await;
        for task in ["spawned", "inline"] {
            assert_eq!(stage.outcomes(task), ["Ok x1"; 2], "{task}");
        }
        assert_eq!(stage.outcomes("panics"), [PANICKED; 2]);
        soon(|| stage.outcomes("plain").len() == 2).await;
        assert_eq!(stage.outcomes("plain"), ["Ok x1"; 2]);
        stage.handle.stop();
        assert!(stage.stopped().await.cut().is_empty());
    }
}

/// The span of a run that is cut with its runner is closed inside tokio, which would pass the panic on.
#[tokio::test(start_paused = true)]
async fn a_log_that_panics_at_the_end_of_a_span_survives_a_runner_that_is_dropped() {
    let _guard = panic_at_each_event();
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let name = TaskName::new("Stage", "spawned").unwrap();
    handle.add(name, every("spawned", 10), |_| std::future::pending::<()>()).unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(15), runner.run()).await.is_err());
    tokio::task::yield_now().await;
    assert_eq!(handle.status_of("spawned").unwrap().counters.cancelled, 1);
}

#[tokio::test(start_paused = true)]
async fn a_control_does_not_panic_with_the_code_that_it_drops() {
    fn holding(bad: Bomb) -> impl Fn(periodic::task::Run) -> std::future::Ready<()> + Send + Sync {
        move |_| {
            let _bad = &bad;
            std::future::ready(())
        }
    }
    let stage = Stage::new().await;
    let name = || TaskName::new("Stage", "holds").unwrap();
    stage.handle.add(name(), every("holds", 10), holding(Bomb)).unwrap();
    stage.handle.add(name(), every("holds", 10), holding(Bomb)).unwrap_err();
    stage.handle.remove("holds").unwrap();
    stage.handle.status_of("holds").unwrap_err();
}

/// A blocking run that waits in the pool when its runner is dropped is the last to have the manager.
#[test]
fn a_queued_run_that_drops_the_manager_harms_no_thread() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).max_blocking_threads(1).enable_all().build().unwrap();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    runtime.block_on(async {
        let busy = tokio::task::spawn_blocking(move || gone.recv());
        let runner = Runner::builder(Plain(Bomb)).build().unwrap();
        let handle = runner.handle();
        let handed_out = async {
            while handle.status_of("plain").unwrap().going.is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = runner.run() => panic!("nothing stops it"),
            () = handed_out => {}
        }
        drop(go);
        busy.await.unwrap().unwrap_err();
        assert_eq!(tokio::task::spawn_blocking(|| 5).await.unwrap(), 5);
    });
}

struct Plain(Bomb);

#[periodic_manager]
impl Plain {
    #[periodic_task(spacing = 3_600, run_immediately)]
    fn plain(&self) {}
}
