use core::time::Duration;

use super::at_once::AtOnce;
use super::lane::Lanes;
use super::minutes::Minutes;
use crate::sim::SimRecord;
use crate::sim::fold::{Counts, Fold, SimRun, StartsPer};
use crate::task::TaskName;
use crate::time::{Now, Timestamp};

/// The number of the worst minutes that are kept with their names.
const KEPT: usize = 100;

/// The observers of a played table.
#[derive(Clone, Debug)]
pub(super) struct Played {
    pub(super) start: Timestamp,
    pub(super) horizon: Duration,
    pub(super) minutes: Minutes,
    pub(super) fullest: StartsPer,
    pub(super) instants: StartsPer,
    pub(super) counts: Counts,
    pub(super) lanes: Lanes,
    pub(super) at_once: AtOnce,
}

impl Played {
    pub(super) fn new(start: Timestamp, horizon: Duration) -> Self {
        let minutes = Minutes::new(start, horizon);
        Self {
            start,
            horizon,
            minutes,
            fullest: StartsPer::every(Duration::from_secs(60)).keeping(KEPT),
            instants: StartsPer::every(Duration::from_nanos(1)).keeping(1),
            counts: Counts::default(),
            lanes: Lanes::new(minutes, horizon),
            at_once: AtOnce::new(minutes, start),
        }
    }
}

impl Fold for Played {
    fn started(&mut self, run: &SimRun<'_>, now: Now) {
        let Self { fullest, instants, counts, lanes, at_once, .. } = self;
        (fullest, instants, counts, lanes, at_once).started(run, now);
    }

    fn ended(&mut self, run: &SimRun<'_>, now: Now) {
        let Self { lanes, at_once, .. } = self;
        (lanes, at_once).ended(run, now);
    }

    fn recorded(&mut self, record: &SimRecord) {
        self.counts.recorded(record);
    }

    fn over(&mut self, tasks: &[TaskName], now: Now) {
        let Self { fullest, instants, counts, lanes, at_once, .. } = self;
        (fullest, instants, counts, lanes, at_once).over(tasks, now);
    }
}
