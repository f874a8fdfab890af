//! The expected `status` of a task, as a text that a failing test can show.

use std::borrow::Cow;

use periodic::scheduler::{Counters, TaskState, TaskStatus};
use periodic::task::{LeftOut, Outcome, SkipReason, Slot};
use periodic::time::Instant;

use super::declared::Grid;
use super::ledger::written;
use super::moment::{Moment, tick};
use super::task::{Phase, Run, Task, Upto};

/// How long runs of aligned tasks waited: where their slots lie on the boot-time clock depends on when it was asked.
const UNTOLD: i64 = -1;

pub(super) fn real(status: &TaskStatus, aligned: bool, moment: Moment) -> String {
    let next = status.next.map(|slot| tick(slot.at.as_nanos()).max(moment.boot));
    let at = |at: Option<Instant>| at.map(|at| tick(at.as_nanos()));
    let going = status.going.iter().map(|going| {
        assert_eq!(going.attempt > 1, going.failed.is_some());
        (going.slot, at(going.started), usize::try_from(going.attempt).unwrap(), at(going.retry_at))
    });
    assert_eq!(status.next.map(|slot| slot.at - moment.now().boot), status.due_in, "without jitter");
    let text = text(status.name().task(), status.state, next, status.last_slot, going, aligned);
    let times = [status.counters.total_waited(), status.counters.total_elapsed()];
    let [waited, elapsed] = times.map(|time| tick(i64::try_from(time.as_nanos()).unwrap()));
    let waited = if aligned { UNTOLD } else { waited };
    format!("{text} {} {waited} {elapsed} {}", counters(&status.counters), status.ended_by_run)
}

pub(super) fn modelled(task: &Task, moment: Moment) -> String {
    let mut settled = Cow::Borrowed(task);
    // Slots that pass during a pause or a run are counted, although they are recorded only at its end.
    if task.lets_slots_pass() {
        settled.to_mut().settle(moment, Upto::Before, 0);
    }
    let state = match task.phase {
        Phase::Disabled => TaskState::LeftOut(LeftOut::Disabled),
        Phase::Stopped | Phase::Removed => TaskState::Stopped,
        Phase::On if task.paused => TaskState::Paused,
        _ if !task.runs.is_empty() => TaskState::Going,
        Phase::On => TaskState::Idle,
        Phase::Done => TaskState::Done,
    };
    let next = settled.next_slot(moment).map(|next| next.max(moment.boot));
    let going = task
        .runs
        .iter()
        .map(|run| (run.slot, run.started, run.attempt(), run.awaits_retry().then_some(run.turn)));
    let aligned = task.declared.grid == Grid::Aligned;
    let text = text(&task.name, state, next, settled.newest, going, aligned);
    let tally = Tally::of(&settled);
    let waited = if aligned { UNTOLD } else { settled.waited };
    let Tally { runs, retries, ends, skipped } = tally;
    let counters = format!("{runs} {retries} {ends:?} {skipped:?}");
    format!("{text} {counters} {waited} {} {}", settled.elapsed, task.ended_by_run)
}

/// The outcomes of a modelled task's slots, in one pass over its ledger, counted after each step.
#[derive(Default)]
struct Tally {
    runs: usize,
    retries: usize,
    ends: [usize; 6],
    skipped: [usize; SkipReason::ALL.len()],
}

impl Tally {
    fn of(task: &Task) -> Self {
        let mut tally = Self::default();
        for entry in &task.ledger {
            tally.runs += usize::from(entry.started.is_some());
            tally.retries += entry.attempts.len().saturating_sub(1);
            let counter = match entry.outcome {
                Outcome::Ok => &mut tally.ends[0],
                Outcome::Failed(_) => &mut tally.ends[1],
                Outcome::Panicked(_) => &mut tally.ends[2],
                Outcome::TimedOut => &mut tally.ends[3],
                Outcome::Cancelled => &mut tally.ends[4],
                Outcome::Coalesced(_) => &mut tally.ends[5],
                Outcome::Skipped(reason) => {
                    &mut tally.skipped[SkipReason::ALL.iter().position(|one| *one == reason).unwrap()]
                }
                ref other => unreachable!("the model knows no {other:?}"),
            };
            *counter += 1;
        }
        for attempts in task.runs.iter().map(Run::attempted) {
            tally.runs += usize::from(attempts > 0);
            tally.retries += attempts.saturating_sub(1);
        }
        tally
    }
}

fn counters(counters: &Counters) -> String {
    let Counters { runs, retries, ok, failed, panicked, timed_out, cancelled, coalesced, .. } = *counters;
    let ends = [ok, failed, panicked, timed_out, cancelled, coalesced];
    format!("{runs} {retries} {ends:?} {:?}", SkipReason::ALL.map(|reason| counters.skipped(reason)))
}

fn text(
    name: &str,
    state: TaskState,
    next: Option<i64>,
    last: Option<Slot>,
    going: impl Iterator<Item = (Slot, Option<i64>, usize, Option<i64>)>,
    aligned: bool,
) -> String {
    let slot = |slot| written(aligned, slot);
    let last = last.map(slot);
    let mut going: Vec<_> =
        going.map(|(one, started, attempt, due)| (slot(one), started, attempt, due)).collect();
    going.sort();
    format!("{name} {state:?} next {next:?} last {last:?} going {going:?}")
}
