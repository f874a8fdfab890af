use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use periodic::manager::{Call, Collector, Given};
use periodic::task::{Ended, Execution, Next, Run};
use periodic::{PeriodicManager, Runner, periodic_manager, periodic_task};

use super::stage::every;

#[derive(Default)]
struct Compute {
    slots: AtomicU64,
    waits: AtomicU64,
}

#[periodic_manager]
impl Compute {
    #[periodic_task(spacing = 10, inline)]
    async fn at_once(&self, run: &Run) -> Result<(), String> {
        self.slots.fetch_add(1, Ordering::SeqCst);
        if run.attempt() == 1 { Ok(()) } else { Err("never".to_owned()) }
    }

    #[periodic_task(spacing = 10, inline)]
    async fn waiting(&self) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.waits.fetch_add(1, Ordering::SeqCst);
    }

    #[periodic_task(spacing = 10, inline)]
    async fn panicking(&self) {
        tokio::task::yield_now().await;
        panic!("no image");
    }

    #[periodic_task(spacing = 10, inline, timeout = 1)]
    async fn hanging(&self) {
        std::future::pending::<()>().await;
    }

    #[periodic_task(spacing = 10, inline)]
    fn plain(&self) {}
}

#[tokio::test(start_paused = true)]
async fn futures_that_are_awaited_in_place_end_as_others_do() {
    let runner = Runner::builder(vec![Compute::default()]).build().unwrap();
    let handle = runner.handle();
    let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(35))).await;
    let of = |task: &str| handle.status_of(&format!("0.{task}")).unwrap().counters;
    assert_eq!((of("at_once").ok, of("waiting").ok, of("plain").ok), (3, 3, 3));
    assert_eq!((of("panicking").panicked, of("hanging").timed_out), (3, 3));
    assert_eq!(of("waiting").total_elapsed(), Duration::from_secs(3));
}

/// Says which of its two calls ran.
struct Calls {
    inline: bool,
    boxed: Arc<AtomicU64>,
    in_place: Arc<AtomicU64>,
}

impl PeriodicManager for Calls {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Calls");
        let spawned = every("task", 10);
        let inline = every("task", 10).execution(Execution::Inline);
        collector.tasks(Box::leak(Box::new([if self.inline { inline } else { spawned }])));
    }

    fn call<'a>(&'a self, _: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::pending(async {
            self.boxed.fetch_add(1, Ordering::SeqCst);
            Ended::Ok(Next::OnSchedule)
        })
    }

    async fn call_inline<'a>(&'a self, _: &'a [u32], _: Given<'a, (), ()>) -> Ended {
        self.in_place.fetch_add(1, Ordering::SeqCst);
        Ended::Ok(Next::OnSchedule)
    }
}

/// How many runs of the manager were boxed, and how many were not.
async fn calls<M: PeriodicManager<Owner = (), Context = ()>>(
    inline: bool,
    wrap: impl Fn(Calls) -> M,
) -> (u64, u64) {
    let (boxed, in_place) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let calls = Calls { inline, boxed: Arc::clone(&boxed), in_place: Arc::clone(&in_place) };
    let runner = Runner::builder(wrap(calls)).build().unwrap();
    let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(25))).await;
    (boxed.load(Ordering::SeqCst), in_place.load(Ordering::SeqCst))
}

#[tokio::test(start_paused = true)]
async fn only_inline_runs_are_awaited_in_place() {
    assert_eq!(calls(true, |calls| calls).await, (0, 2));
    assert_eq!(calls(true, |calls| vec![calls]).await, (0, 2));
    assert_eq!(calls(true, Some).await, (0, 2));
    assert_eq!(calls(true, Arc::new).await, (2, 0), "what a pointer points to may have no known size");
    assert_eq!(calls(false, |calls| calls).await, (2, 0));
}

struct Busy(Arc<AtomicU64>);

#[periodic_manager]
impl Busy {
    #[periodic_task(spacing = 10, inline)]
    fn poll(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test(start_paused = true)]
async fn other_tasks_live_on_while_thousands_run_inline() {
    let runs = Arc::new(AtomicU64::new(0));
    let runner =
        Runner::builder((0..3_000).map(|_| Busy(Arc::clone(&runs))).collect::<Vec<_>>()).build().unwrap();
    let seen = Arc::clone(&runs);
    let other = tokio::spawn(async move {
        let mut turns = Vec::new();
        while seen.load(Ordering::SeqCst) < 3_000 {
            let before = seen.load(Ordering::SeqCst);
            // Without a timer in its way, paused time would never go on.
            if before == 0 {
                tokio::time::sleep(Duration::from_secs(1)).await;
            } else {
                tokio::task::yield_now().await;
            }
            turns.push(seen.load(Ordering::SeqCst) - before);
        }
        turns
    });
    let _stopped = runner.run_until(tokio::time::sleep(Duration::from_secs(15))).await;
    let turns = other.await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 3_000);
    assert!(turns.iter().all(|turn| *turn <= 256), "{turns:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_heard_between_two_batches() {
    let runs = Arc::new(AtomicU64::new(0));
    let runner =
        Runner::builder((0..3_000).map(|_| Busy(Arc::clone(&runs))).collect::<Vec<_>>()).build().unwrap();
    let seen = Arc::clone(&runs);
    let first = std::future::poll_fn(move |_| match seen.load(Ordering::SeqCst) {
        0 => Poll::Pending,
        _ => Poll::Ready(()),
    });
    let _stopped = runner.run_until(first).await;
    assert!(runs.load(Ordering::SeqCst) <= 256);
}
