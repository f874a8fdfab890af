//! Runs in real time.

use std::time::Duration;

use super::{Effort, period};
use crate::finding::{Finding, Unit};
use crate::ours::lateness::{self, Seen, TASKS};
use crate::ours::stepped::nanos;
use crate::peers::interval;
use crate::rounds::Spread;

/// The figures of one round.
struct Told {
    p50: f64,
    p99: f64,
    drift: f64,
    missed_by: f64,
    /// The difference between the numbers of runs and of slots.
    off: u64,
}

/// Returns the findings of goals L and M that need real time, without the precise timer.
pub fn findings(effort: Effort) -> Vec<Finding> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        ours.push(told(lateness::ours(effort.real_time), effort.real_time));
        theirs.push(told(interval::late(effort.real_time), effort.real_time));
    }
    let of = |told: &[Told], figure: fn(&Told) -> f64| Spread::of(told.iter().map(figure).collect());
    let late = Finding::beside(
        "lateness",
        of(&ours, |told| told.p50),
        "tokio interval",
        of(&theirs, |told| told.p50),
    );
    let p99 = [&ours, &theirs].map(|told| Unit::Nanos.written(of(told, |told| told.p99).median));
    let late =
        late.note(format!("p99 is {}, the peer's {}; tokio's timer counts milliseconds", p99[0], p99[1]));
    let off = |told: &[Told]| of(told, |told| told.off as f64);
    let drift = |told: &[Told]| Unit::Nanos.written(of(told, |told| told.drift).median);
    let missed_by = |told: &[Told]| Unit::Nanos.written(of(told, |told| told.missed_by).median);
    vec![
        late,
        Finding::alone("loss", off(&ours)).note(
            "a run that this machine delayed past its task's next slot counts for both, as its record says",
        ),
        Finding::alone("drift", of(&ours, |told| told.drift)).note(format!(
            "tokio interval's is {}. The median of the absolute drift is {}, the peer's {}. One sleep serves \
             all tasks here, and tokio's timer counts whole milliseconds from its arming, so lateness varies up to \
             its p99 of {}; the peer's timers keep their phase. `precise` has no such drift",
            drift(&theirs),
            missed_by(&ours),
            missed_by(&theirs),
            p99[0]
        )),
        Finding::alone("stall", Spread::exact(lateness::stalled() as f64)),
    ]
}

/// Computes the figures of one round. Slots count up to a fifth of a second before the end, so that their runs were not
/// cut.
fn told(runs: Vec<Seen>, went_on: Duration) -> Told {
    let until = nanos(went_on) - 200_000_000;
    let mut of_task = vec![Vec::new(); TASKS];
    for run in runs.into_iter().filter(|run| run.slot <= until) {
        of_task[run.task].push(run);
    }
    let (mut late, mut drifts, mut off) = (Vec::new(), Vec::new(), 0);
    for (task, runs) in of_task.iter_mut().enumerate() {
        runs.sort_unstable_by_key(|run| run.slot);
        let period = nanos(period(task));
        let slots: Vec<_> = (1..=until / period).map(|slot| slot * period).collect();
        off += slots.len().abs_diff(runs.len()) as u64;
        late.extend(runs.iter().map(|run| run.late as f64));
        if let [first, .., last] = &runs[..] {
            drifts.push((last.late - first.late) as f64);
        }
    }
    late.sort_by(f64::total_cmp);
    let drift = Spread::of(drifts.clone()).median.abs();
    let missed_by = Spread::of(drifts.into_iter().map(f64::abs).collect()).median;
    Told { p50: Spread::below(&late, 500), p99: Spread::below(&late, 990), drift, missed_by, off }
}
