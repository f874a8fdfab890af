use core::time::Duration;
use std::collections::VecDeque;

use super::super::Mismatch;
use super::super::record::Clock;
use super::{Fold, SimRun};
use crate::task::TaskName;
use crate::time::{Instant, Now, Timestamp, nanos};

/// The most starts that a mismatch lists.
const LISTED: usize = 30;

/// The most starts within any stretch of one length, wherever it begins.
///
/// Each attempt at a slot is a start. Stricter than [`StartsPer`](super::StartsPer), which does not see a burst across
/// a full minute. The stretch is half open: within a minute, a start at 00:00:00 and one at 00:01:00 are not together.
#[derive(Clone, Debug)]
pub struct Bursts {
    length: Duration,
    recent: VecDeque<Start>,
    most: Vec<(Timestamp, TaskName)>,
    names: Vec<Option<TaskName>>,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    at: Instant,
    wall: Timestamp,
    task: usize,
}

impl Bursts {
    /// Creates a fold for stretches of this length.
    pub fn within(length: Duration) -> Self {
        Self { length, recent: VecDeque::new(), most: Vec::new(), names: Vec::new() }
    }

    /// Returns the most starts.
    pub fn most(&self) -> usize {
        self.most.len()
    }

    /// Returns those starts, from the first stretch with that number.
    pub fn starts(&self) -> &[(Timestamp, TaskName)] {
        &self.most
    }

    /// Checks that no stretch has more than `starts` starts.
    ///
    /// # Errors
    /// When one has more; the error lists the starts of the fullest stretch.
    pub fn expect_at_most(&self, starts: usize) -> Result<(), Mismatch> {
        let most = self.most.len();
        let (Some((from, _)), true) = (self.most.first(), most > starts) else { return Ok(()) };
        let length = periodic_text::duration::written(nanos(self.length));
        let heading =
            format!("expected at most {starts} starts within {length}, found {most} from {from} on:");
        let more = (most > LISTED).then(|| format!("and {} more", most - LISTED));
        let lines = self.most.iter().take(LISTED).map(|(at, name)| format!("{}  {name}", Clock(*at)));
        Mismatch::unless_empty(&heading, lines.chain(more))
    }
}

impl Fold for Bursts {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let task = run.task;
        super::of_task(&mut self.names, task).get_or_insert_with(|| run.name.clone());
        self.recent.push_back(Start { at: now.boot, wall: now.wall, task });
        while self.recent.front().is_some_and(|first| now.boot - first.at >= self.length) {
            self.recent.pop_front();
        }
        if self.recent.len() > self.most.len() {
            let named = |start: &Start| Some((start.wall, self.names[start.task].clone()?));
            self.most = self.recent.iter().filter_map(named).collect();
        }
    }
}
