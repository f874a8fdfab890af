use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use periodic_core::task::{Outcome, SkipReason, TaskName};
use periodic_core::time::Instant;

use crate::folded::{APART, Folded};

/// The most tasks whose recent lines are remembered.
const TASKS: usize = 16_384;

/// The kind of a line about a task. Lines of one kind are folded: a spacing of a nanosecond would write thousands each
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

    /// Returns the kind of an outcome that is a warning or an error; `None` for others.
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

/// The recent lines of each task and kind. Successful runs have none.
#[derive(Debug, Default)]
pub(crate) struct Repeats(Mutex<Lines>);

#[derive(Debug, Default)]
struct Lines {
    of: HashMap<TaskName, [Folded; Kind::COUNT]>,
    /// When old entries were last removed.
    swept: Option<Instant>,
    /// The lines of all tasks for which there is no room.
    others: [Folded; Kind::COUNT],
}

impl Repeats {
    /// Counts `count` events of a task. If the event must be logged, returns how often the same happened without a
    /// line since the last one.
    pub(crate) fn happens(&self, task: &TaskName, kind: Kind, count: u64, now: Instant) -> Option<u64> {
        self.lines().of(task, now)[kind as usize].happens(count, now)
    }

    /// Takes the counts that are not logged yet, at the end, by task and kind; without a name, for tasks for which
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
        // No code panics between two changes of it.
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
        // Not `entry`, which would clone the name of each task.
        if !self.of.contains_key(task) {
            self.of.insert(task.clone(), Default::default());
        }
        self.of.get_mut(task).unwrap_or(&mut self.others)
    }

    /// Removes the tasks without recent lines, unless that was done just now: it visits all of them.
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
        // Tasks without recent lines make room.
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
