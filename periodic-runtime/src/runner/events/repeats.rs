use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use periodic_core::task::{Outcome, SkipReason, TaskName};
use periodic_core::time::Instant;

use crate::folded::{APART, Folded};

/// How many tasks of which something was logged lately are remembered.
const TASKS: usize = 16_384;

/// What a line about a task says. Lines of one kind are folded: a spacing of a nanosecond would write thousands each
/// second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Failed,
    Panicked,
    TimedOut,
    Cancelled,
    Coalesced,
    Overlap,
    Missed,
    Retried,
}

impl Kind {
    const COUNT: usize = 8;

    /// Of outcomes that are warnings or errors; others are for those who look for them.
    pub(crate) fn of(outcome: &Outcome) -> Option<Self> {
        Some(match outcome {
            Outcome::Failed(_) => Self::Failed,
            Outcome::Panicked(_) => Self::Panicked,
            Outcome::TimedOut => Self::TimedOut,
            Outcome::Cancelled => Self::Cancelled,
            Outcome::Coalesced(_) => Self::Coalesced,
            Outcome::Skipped(SkipReason::Overlap) => Self::Overlap,
            Outcome::Skipped(SkipReason::Missed) => Self::Missed,
            _ => return None,
        })
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Panicked => "panicked",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Coalesced => "coalesced",
            Self::Overlap => "overlap",
            Self::Missed => "missed",
            Self::Retried => "retried",
        }
    }

    const ALL: [Self; Self::COUNT] = [
        Self::Failed,
        Self::Panicked,
        Self::TimedOut,
        Self::Cancelled,
        Self::Coalesced,
        Self::Overlap,
        Self::Missed,
        Self::Retried,
    ];
}

/// The lines that were logged lately, of each task and kind. Runs that end well never come here.
#[derive(Debug, Default)]
pub(crate) struct Repeats(Mutex<Lines>);

#[derive(Debug, Default)]
struct Lines {
    of: HashMap<TaskName, [Folded; Kind::COUNT]>,
    /// When those were last looked for that may be forgotten.
    swept: Option<Instant>,
    /// Of all tasks for which there is no room.
    others: [Folded; Kind::COUNT],
}

impl Repeats {
    /// Counts what happened to a task `count` times. If it is to be logged, returns how often the same happened since
    /// the last line and was not.
    pub(crate) fn happens(&self, task: &TaskName, kind: Kind, count: u64, now: Instant) -> Option<u64> {
        self.lines().of(task, now)[kind as usize].happens(count, now)
    }

    /// Takes what is not logged yet, at the end: of each task and kind how often; without a name, of tasks for which
    /// there was no room.
    pub(crate) fn take_unsaid(&self) -> Vec<(Option<TaskName>, Kind, u64)> {
        let Lines { mut of, mut others, .. } = std::mem::take(&mut *self.lines());
        let mut unsaid = Vec::new();
        let tasks = of.iter_mut().map(|(task, lines)| (Some(task), lines)).chain([(None, &mut others)]);
        for (task, lines) in tasks {
            for (line, kind) in lines.iter_mut().zip(Kind::ALL) {
                unsaid.extend(line.take_unsaid().map(|count| (task.cloned(), kind, count)));
            }
        }
        unsaid.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        unsaid
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        // Nothing panics between two changes of it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn of(&mut self, task: &TaskName, now: Instant) -> &mut [Folded; Kind::COUNT] {
        if self.of.len() >= TASKS && !self.of.contains_key(task) {
            self.sweep(now);
            if self.of.len() >= TASKS {
                return &mut self.others;
            }
        }
        // Twice looked up only for a task that is new, because its name would be copied.
        if !self.of.contains_key(task) {
            self.of.insert(task.clone(), Default::default());
        }
        self.of.get_mut(task).unwrap_or(&mut self.others)
    }

    /// Forgets the tasks that have been well for a while, unless that was done just now: it looks at all of them.
    fn sweep(&mut self, now: Instant) {
        if self.swept.is_some_and(|swept| now - swept < APART) {
            return;
        }
        self.swept = Some(now);
        self.of.retain(|_, lines| lines.iter().any(|line| line.is_known(now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: usize) -> TaskName {
        TaskName::new("Fleet", &format!("t{number}")).unwrap()
    }

    #[test]
    fn each_task_and_each_kind_has_its_own_line() {
        let (repeats, at) = (Repeats::default(), Instant::from_secs(5));
        let happens = |task, kind| repeats.happens(&name(task), kind, 1, at);
        assert_eq!(happens(1, Kind::Failed), Some(0));
        assert_eq!(happens(2, Kind::Failed), Some(0));
        assert_eq!(happens(1, Kind::TimedOut), Some(0));
        for _ in 0..3 {
            assert_eq!(happens(1, Kind::Failed), None);
        }
        assert_eq!(repeats.happens(&name(1), Kind::Failed, 1, Instant::from_secs(15)), Some(3));
        assert_eq!(happens(2, Kind::Failed), None);
        assert_eq!(repeats.take_unsaid(), [(Some(name(2)), Kind::Failed, 1)]);
        assert_eq!(repeats.take_unsaid(), []);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_so_is_what_is_logged() {
        let repeats = Repeats::default();
        let mut lines = 0;
        for number in 0..3 * TASKS {
            lines += usize::from(repeats.happens(&name(number), Kind::Failed, 1, Instant::ZERO).is_some());
        }
        assert_eq!(repeats.lines().of.len(), TASKS);
        assert_eq!(lines, TASKS + 1);
        // Those that are well again make room.
        let later = Instant::from_secs(10);
        assert_eq!(repeats.happens(&name(3 * TASKS), Kind::Failed, 1, later), Some(0));
        assert_eq!(repeats.lines().of.len(), 1);
        let unsaid = repeats.take_unsaid();
        assert_eq!(unsaid, [(None, Kind::Failed, 2 * TASKS as u64 - 1)]);
    }

    #[test]
    fn labels_are_those_of_outcomes() {
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
        }
        assert_eq!(Kind::of(&Outcome::TimedOut).map(Kind::label), Some(Outcome::TimedOut.label()));
        assert_eq!(Kind::of(&Outcome::Ok), None);
        assert_eq!(Kind::of(&Outcome::Skipped(SkipReason::Paused)), None);
    }
}
