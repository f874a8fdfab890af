use std::future::Future as _;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use periodic::task::{Interval, Overlap, RetrySpec, TaskName};
use periodic::watch::{Event, Watcher};
use periodic::{Handle, Runner};

use super::stage::{Empty, Stage, every};

/// All that a watcher is told until its runner is gone, a line for each event.
async fn all(mut watcher: Watcher) -> Vec<String> {
    let mut lines = Vec::new();
    while let Some(event) = watcher.next().await {
        lines.push(line(&event));
    }
    lines
}

fn line(event: &Event) -> String {
    let task = event.name().map_or("", TaskName::task);
    match event {
        Event::RunStarted { lateness, .. } => format!("{task} started {} s late", lateness.as_secs()),
        Event::AttemptFailed(retrying) => {
            let (attempt, after) = (retrying.attempt, retrying.back_off());
            format!("{task} attempt {attempt} {:?}, again in {after:?}", retrying.failed.outcome)
        }
        Event::SlotEnded(record) => format!("{task} {:?} x{}", record.outcome, record.count),
        Event::Changed { change, .. } => format!("{task} {change:?}"),
        other => format!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_watcher_is_told_what_happens_in_order() {
    let stage = Stage::new().await;
    let watcher = stage.handle.watch();
    stage.task(every("poll", 10), |_| async { Err::<(), _>("no route") });
    stage.until(15).await;
    let handle = stage.handle.clone();
    handle.pause("poll").unwrap();
    stage.until(45).await;
    handle.resume("poll").unwrap();
    handle.set_spacing("poll", Interval::from_secs(20)).unwrap();
    let _ = handle.trigger("poll").unwrap();
    stage.until(46).await;
    handle.disable("poll").unwrap();
    handle.enable("poll").unwrap();
    handle.remove("poll").unwrap();
    assert!(handle.pause("poll").is_err(), "and of what is refused, nothing");
    handle.stop();
    let _ = stage.stopped().await;
    let told = all(watcher).await;
    assert_eq!(
        told,
        [
            "poll Added",
            "poll started 0 s late",
            "poll Failed(\"no route\") x1",
            "poll Paused",
            "poll Skipped(Paused) x3",
            "poll Resumed",
            "poll Respaced",
            "poll Triggered(Starts)",
            "poll started 0 s late",
            "poll Failed(\"no route\") x1",
            "poll Disabled",
            "poll Enabled",
            "poll Removed",
            "Stopping",
            "Stopped",
        ]
    );
    assert!(handle.watch().next().await.is_none(), "of a runner that is gone there is nothing to watch");
}

#[tokio::test(start_paused = true)]
async fn a_watcher_is_told_of_attempts_that_are_retried() {
    let stage = Stage::new().await;
    let watcher = stage.handle.watch();
    let retry = RetrySpec::new(3.try_into().unwrap()).doubling(Duration::from_secs(2));
    stage.task(every("poll", 10).retry(retry), |_| async { Err::<(), _>("no route") });
    stage.until(19).await;
    stage.handle.stop();
    let _ = stage.stopped().await;
    assert_eq!(
        all(watcher).await,
        [
            "poll Added",
            "poll started 0 s late",
            "poll attempt 1 Failed(\"no route\"), again in 2s",
            "poll started 2 s late",
            "poll attempt 2 Failed(\"no route\"), again in 4s",
            "poll started 6 s late",
            "poll Failed(\"no route\") x1",
            "Stopping",
            "Stopped",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_watcher_loses_the_oldest_and_is_told_how_many() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 1), 0);
    let mut slow = stage.handle.watch();
    stage.until(1_000).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let Some(Event::Lagged(lost)) = slow.next().await else { panic!("it was not told") };
    assert_eq!(lost, 2_000 - 1_024, "each run starts and ends");
    let Some(Event::RunStarted { slot, .. }) = slow.next().await else { panic!("then it goes on") };
    let newest = stage.status("poll").last_slot.unwrap();
    assert_eq!(newest.at - slot.at, Duration::from_secs(1_000 - 489), "with the 489th run");
    assert_eq!(
        stage.status("poll").counters.ok,
        stage.status("poll").counters.runs,
        "no caller waited for it"
    );
}

#[tokio::test(start_paused = true)]
async fn giving_up_a_wait_loses_no_event() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 1);
    let mut watcher = stage.handle.watch();
    let mut told = Vec::new();
    while told.len() < 4 {
        if let Ok(event) = tokio::time::timeout(Duration::from_secs(3), watcher.next()).await {
            told.push(line(&event.unwrap()));
        }
    }
    assert_eq!(told, ["poll started 0 s late", "poll Ok x1"].repeat(2));
}

#[tokio::test(start_paused = true)]
async fn what_is_cancelled_as_the_runner_is_dropped_is_told() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let spec = every("hangs", 10).overlap(Overlap::Queue);
    handle.add(TaskName::new("Stage", "hangs").unwrap(), spec, |_| std::future::pending::<()>()).unwrap();
    let watcher = handle.watch();
    let _ = tokio::time::timeout(Duration::from_secs(25), runner.run()).await;
    let told = tokio::time::timeout(Duration::from_secs(1), all(watcher)).await.unwrap();
    assert_eq!(
        told,
        ["hangs started 0 s late", "hangs Skipped(Stopping) x1", "Stopping", "hangs Cancelled x1", "Stopped"]
    );
}

#[tokio::test(start_paused = true)]
async fn blocking_work_that_cannot_be_ended_keeps_no_watcher() {
    let stage = Stage::with(|builder| builder.grace(Duration::from_secs(5))).await;
    let (release, wait) = mpsc::channel::<()>();
    let (began, begins) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    stage.plain(every("stuck", 10), move |_| {
        began.send(()).unwrap();
        wait.lock().unwrap().recv().ok();
    });
    stage.until(10).await;
    let watcher = stage.handle.watch();
    tokio::task::yield_now().await;
    tokio::task::spawn_blocking(move || begins.recv()).await.unwrap().unwrap();
    stage.handle.stop();
    // While blocking work is going, paused time moves only when it is told to.
    for _ in 0..20 {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    let told = tokio::select! {
        told = all(watcher) => told,
        () = async { for _ in 0..1_000 { tokio::task::yield_now().await } } => panic!("the watcher waits"),
    };
    assert_eq!(told[told.len() - 3..], ["Stopping", "stuck Cancelled x1", "Stopped"]);
    assert_eq!(stage.stopped().await.stuck().len(), 1);
    drop(release);
}

/// Controls the runner as soon as the watcher is woken, as a runtime does that polls on the spot.
struct Controls(Mutex<Option<Handle>>);

impl Wake for Controls {
    fn wake(self: Arc<Self>) {
        let handle = self.0.lock().unwrap().take();
        if let Some(handle) = handle {
            handle.resume("poll").unwrap();
        }
    }
}

#[test]
fn who_is_woken_may_control_the_runner() {
    let (done, wait) = mpsc::channel();
    // On a thread of its own, because a lock that is held would never let it go on.
    std::thread::spawn(move || {
        let runner = Runner::builder(Empty).build().unwrap();
        let handle = runner.handle();
        handle.add(TaskName::new("Stage", "poll").unwrap(), every("poll", 10), |_| async {}).unwrap();
        let _ = handle.trigger("poll").unwrap();
        let (mut first, mut second) = (handle.watch(), handle.watch());
        let waker = Waker::from(Arc::new(Controls(Mutex::new(Some(handle.clone())))));
        let mut waits = Box::pin(first.next());
        assert!(waits.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        handle.pause("poll").unwrap();
        for expected in ["poll Skipped(Paused) x1", "poll Paused", "poll Resumed"] {
            let event = pin!(second.next()).poll(&mut Context::from_waker(Waker::noop()));
            let Poll::Ready(Some(event)) = event else { panic!("{expected} is not told") };
            assert_eq!(line(&event), expected);
        }
        done.send(()).unwrap();
    });
    wait.recv_timeout(Duration::from_secs(20)).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_watcher_keeps_as_many_events_as_the_builder_says() {
    for (capacity, kept) in [(0, 1), (1, 1), (4, 4), (100, 128)] {
        let stage = Stage::with(|builder| builder.watch_capacity(capacity)).await;
        stage.lasting(every("poll", 1), 0);
        let mut slow = stage.handle.watch();
        stage.until(200).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let Some(Event::Lagged(lost)) = slow.next().await else { panic!("it was not told") };
        assert_eq!(lost, 400 - kept, "each run starts and ends");
    }
}

/// Makes another event for each that it is woken for, and waits for the next.
struct Endless {
    handle: Handle,
    listening: Mutex<Pin<Box<dyn Future<Output = ()> + Send>>>,
    controls: AtomicUsize,
}

impl Endless {
    fn listen(self: &Arc<Self>) {
        let waker = Waker::from(Arc::clone(self));
        let ended = self.listening.lock().unwrap().as_mut().poll(&mut Context::from_waker(&waker));
        assert!(ended.is_pending());
    }
}

impl Wake for Endless {
    fn wake(self: Arc<Self>) {
        // An end, so that the test has one.
        if self.controls.fetch_add(1, Ordering::SeqCst) < 50_000 {
            self.listen();
            self.handle.pause("poll").unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_control_returns_although_each_event_makes_another() {
    let stage = Stage::new().await;
    stage.lasting(every("poll", 10), 0);
    let (handle, watcher) = (stage.handle.clone(), stage.handle.watch());
    // Tokio would let a task hear no more than 128 before others have their turn.
    let listening = tokio::task::unconstrained(async { _ = all(watcher).await });
    let listening = Mutex::new(Box::pin(listening) as _);
    let endless = Arc::new(Endless { handle, listening, controls: AtomicUsize::new(0) });
    endless.listen();
    stage.handle.pause("poll").unwrap();
    let controls = endless.controls.load(Ordering::SeqCst);
    assert!((1_000..2_000).contains(&controls), "{controls}");
    // The serving loop sends the rest, and lets other tasks have their turn.
    while endless.controls.load(Ordering::SeqCst) < 50_000 {
        tokio::task::yield_now().await;
    }
}
