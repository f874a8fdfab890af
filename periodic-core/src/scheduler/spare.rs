use super::active_run::ActiveRun;
use super::limit::Permit;
use super::run_state::RunState;
use crate::task::Cancellation;

/// With more rows than these, rows share the memory that they need only while they run.
const MANY_ROWS: usize = 1_024;

/// The most signals that are kept.
const SPARE_SIGNALS: usize = 256;

/// The lists and signals of ended runs, reused so that the next runs allocate nothing.
#[derive(Debug, Default)]
pub(super) struct Spare {
    /// Empty lists of runs, for the next row that starts one: with many rows, waiting rows hold none.
    lists: Vec<Vec<ActiveRun>>,
    has_many_rows: bool,
    /// Signals of ended runs, for the next ones.
    signals: Vec<Cancellation>,
}

impl Spare {
    /// Notes the number of rows.
    pub(super) fn note_rows(&mut self, rows: usize) {
        self.has_many_rows |= rows > MANY_ROWS;
    }

    /// Adds a run to those of a row.
    pub(super) fn add_run(&mut self, going: &mut Vec<ActiveRun>, run: ActiveRun) {
        if going.capacity() == 0 {
            *going = self.lists.pop().unwrap_or_else(|| Vec::with_capacity(1));
        }
        going.push(run);
    }

    /// Removes a run from those of a row; returns its permit.
    pub(super) fn remove_run(&mut self, going: &mut Vec<ActiveRun>, place: usize) -> Option<Permit> {
        let is_last = place + 1 == going.len();
        let run = if is_last { going.pop() } else { Some(going.remove(place)) };
        if self.has_many_rows && going.is_empty() {
            self.lists.push(core::mem::take(going));
        }
        match run?.state {
            RunState::Running { permit, signals, .. } => {
                self.keep_signals(signals);
                Some(permit)
            }
            other => other.into_permit(),
        }
    }

    /// Keeps the signals of an ended run for another one.
    pub(super) fn keep_signals(&mut self, signals: Option<Cancellation>) {
        if self.signals.len() < SPARE_SIGNALS {
            self.signals.extend(signals);
        }
    }

    /// Returns signals for a run, without any other owner.
    pub(super) fn signals(&mut self) -> Cancellation {
        // Its driver, or the run itself, may have kept a handle.
        self.signals.pop().and_then(Cancellation::renewed).unwrap_or_default()
    }
}
