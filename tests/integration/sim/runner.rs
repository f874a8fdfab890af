//! The simulator against the runner: the same tasks and the same script, on tokio's paused clock.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use periodic::manager::{Call, Collector, Given};
use periodic::scheduler::SlotRecord;
use periodic::sim::{ScriptEvent, Simulation, Takes};
use periodic::task::{
    Ended, Execution, Interval, Jitter, Next, Overlap, RetrySpec, Run, TaskError, TaskName, TaskSpec,
};
use periodic::time::Instant;
use periodic::{Handle, PeriodicManager, Runner};

use super::{every, task};

struct Empty;

impl PeriodicManager for Empty {
    type Context = ();
    type Owner = ();

    fn collect(&self, collector: &mut Collector) {
        collector.manager("Manager");
    }

    fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
        Call::unknown_row("Manager", row)
    }
}

/// The task, and the seconds of each run.
fn tasks() -> Vec<(TaskSpec, u64)> {
    let secs = Duration::from_secs;
    vec![
        (every("quick", 7), 0),
        (every("slow", 10), 15),
        (every("queued", 10).overlap(Overlap::Queue), 12),
        (every("replaced", 10).overlap(Overlap::Replace), 25),
        (every("side_by_side", 10).overlap(Overlap::Allow(2)), 23),
        (every("bounded", 20).timeout(secs(5)), 8),
        (every("inline", 30).execution(Execution::Inline), 4),
        (every("late", 9).jitter(Jitter::Share(500_000)), 1),
        (every("after_its_end", 6).from_finish(), 5),
        (every("at_once", 50).run_immediately(), 2),
        (every("limited", 11).max_runs(4.try_into().unwrap()), 3),
    ]
}

const SHAKY: TaskSpec = every("shaky", 8);

/// Is tried again, and with a limit sometimes finds no place in time.
fn flaky() -> TaskSpec {
    let retry = RetrySpec::new(3.try_into().unwrap());
    let retry = retry.doubling(Duration::from_secs(1)).ceiling(Duration::from_millis(2_500));
    every("flaky", 17).overlap(Overlap::Queue).retry(retry)
}

fn shaky(run: u64) -> Ended {
    match run % 3 {
        0 => Ended::Failed(TaskError::new("no route to host")),
        1 => Ended::Ok(Next::After(Duration::from_secs(3))),
        _ => Ended::Ok(Next::OnSchedule),
    }
}

/// When something is asked of the service. Off the slots, because at one instant the runtime chooses the order.
const CONTROLS: [(u64, &str); 8] = [
    (33_500, "pause quick"),
    (71_500, "resume quick"),
    (75_500, "trigger slow"),
    (76_500, "trigger queued"),
    (91_500, "respace quick"),
    (92_500, "disable side_by_side"),
    (111_500, "enable side_by_side"),
    (131_500, "remove replaced"),
];

const STOP: u64 = 251_500;

fn event(control: &str) -> ScriptEvent {
    let (what, name) = control.split_once(' ').unwrap();
    match what {
        "pause" => ScriptEvent::pause(name),
        "resume" => ScriptEvent::resume(name),
        "trigger" => ScriptEvent::trigger(name),
        "respace" => ScriptEvent::set_spacing(name, "13s"),
        "disable" => ScriptEvent::disable(name),
        "enable" => ScriptEvent::enable(name),
        _ => ScriptEvent::remove(TaskName::new("Manager", name).unwrap()),
    }
}

fn call(handle: &Handle, control: &str) {
    let (what, name) = control.split_once(' ').unwrap();
    match what {
        "pause" => handle.pause(name).unwrap(),
        "resume" => handle.resume(name).unwrap(),
        "trigger" => drop(handle.trigger(name).unwrap()),
        "respace" => handle.set_spacing(name, Interval::from_secs(13)).unwrap(),
        "disable" => handle.disable(name).unwrap(),
        "enable" => handle.enable(name).unwrap(),
        _ => handle.remove(name).unwrap(),
    }
}

fn simulated(limit: Option<usize>) -> Vec<String> {
    let mut simulation = tasks().into_iter().fold(Simulation::default(), |simulation, (spec, seconds)| {
        simulation.with(task(spec)).task(spec.name, Takes::fixed(Duration::from_secs(seconds)))
    });
    simulation = simulation.with(task(SHAKY)).task("shaky", Takes::fixed("1s").ending((0..3).map(shaky)));
    simulation = simulation
        .with(task(flaky()))
        .task("flaky", Takes::fixed("3100ms").ending((0..7).map(ends_of_flaky)));
    for (at, control) in CONTROLS {
        simulation = simulation.at(Duration::from_millis(at), event(control));
    }
    if let Some(limit) = limit {
        simulation = simulation.limit(limit);
    }
    let mut timeline = simulation
        .node("node-1")
        .grace("5s")
        .at(Duration::from_millis(STOP), ScriptEvent::stop())
        .run_for("10m")
        .unwrap();
    let records: Vec<SlotRecord> = timeline.by_ref().map(|record| record.slot).collect();
    assert_eq!(timeline.refused(), []);
    written(&records, Instant::ZERO)
}

fn ends_of_flaky(run: u64) -> Ended {
    if run % 7 < 5 { Ended::Failed(TaskError::new("no route to host")) } else { Ended::Ok(Next::OnSchedule) }
}

/// Each call takes this number of milliseconds and ends as its number says.
fn scripted(
    millis: u64,
    ends: fn(u64) -> Ended,
) -> impl Fn(Run) -> Pin<Box<dyn Future<Output = Result<Next, &'static str>> + Send>> + Send + Sync + 'static
{
    let calls = AtomicU64::new(0);
    move |_| {
        let call = calls.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            match ends(call) {
                Ended::Ok(next) => Ok(next),
                _ => Err("no route to host"),
            }
        })
    }
}

async fn ran(limit: Option<usize>) -> Vec<String> {
    let mut builder =
        Runner::builder(Empty).node("node-1").grace(Duration::from_secs(5)).keep_records(10_000);
    if let Some(limit) = limit {
        builder = builder.limit(limit.try_into().unwrap());
    }
    let runner = builder.build().unwrap();
    let handle = runner.handle();
    let service = tokio::spawn(runner.run());
    tokio::task::yield_now().await;
    let begun = tokio::time::Instant::now();
    for (spec, seconds) in tasks() {
        let run = move |_: Run| tokio::time::sleep(Duration::from_secs(seconds));
        handle.add(TaskName::new("Manager", spec.name).unwrap(), spec, run).unwrap();
    }
    handle.add(TaskName::new("Manager", "shaky").unwrap(), SHAKY, scripted(1_000, shaky)).unwrap();
    handle.add(TaskName::new("Manager", "flaky").unwrap(), flaky(), scripted(3_100, ends_of_flaky)).unwrap();
    let first = handle.status_of("quick").unwrap().next.unwrap().at;
    for (at, control) in CONTROLS {
        tokio::time::sleep_until(begun + Duration::from_millis(at)).await;
        call(&handle, control);
    }
    tokio::time::sleep_until(begun + Duration::from_millis(STOP)).await;
    handle.stop();
    let _stopped = service.await.unwrap();
    written(&handle.records(), Instant::from_nanos(first.as_nanos() - 7_000_000_000))
}

/// The records in one order, those of skips that follow each other as one, as a history has them.
fn written(records: &[SlotRecord], origin: Instant) -> Vec<String> {
    let mut merged: Vec<SlotRecord> = Vec::new();
    for record in records {
        let before = merged.iter_mut().rfind(|before| before.name() == record.name());
        match before {
            Some(before) if before.started.is_none() && before.outcome == record.outcome => {
                before.count += record.count;
                (before.last, before.decided) = (record.last, record.decided);
            }
            _ => merged.push(record.clone()),
        }
    }
    let mut lines: Vec<String> = merged.iter().map(|record| line(record, origin)).collect();
    lines.sort();
    lines
}

fn line(record: &SlotRecord, origin: Instant) -> String {
    // Tokio's timers end at the next full millisecond.
    let millis = |at: Instant| (at.as_nanos() - origin.as_nanos() + 999_999).div_euclid(1_000_000);
    let SlotRecord { first, last, count, outcome, started, attempts, decided, .. } = record;
    let attempts: Vec<_> =
        attempts.iter().map(|one| (millis(one.started), millis(one.ended), &one.outcome)).collect();
    let (decided, started) = (millis(*decided), started.map(millis));
    let (from, to) = (millis(first.at), millis(last.at));
    let name = record.name();
    format!("{decided:>6} {name} {:?} {from}..{to} x{count} {outcome:?} {started:?} {attempts:?}", first.kind)
}

fn compare(simulated: &[String], ran: &[String]) {
    let only = |left: &[String], right: &[String]| -> Vec<String> {
        left.iter().filter(|line| !right.contains(line)).take(10).cloned().collect()
    };
    assert_eq!(only(simulated, ran), only(ran, simulated));
    assert_eq!(simulated.len(), ran.len());
    assert!(simulated.len() > 150, "{}", simulated.len());
    let retried = |line: &String| line.contains("flaky") && !line.ends_with("[]");
    assert!(simulated.iter().any(retried));
}

#[tokio::test(start_paused = true)]
async fn what_the_runner_does_is_what_is_simulated() {
    compare(&simulated(None), &ran(None).await);
}

#[tokio::test(start_paused = true)]
async fn with_a_limit_too() {
    compare(&simulated(Some(3)), &ran(Some(3)).await);
}
