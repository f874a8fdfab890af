use super::diff::{self, Line};
use super::fold::{Bursts, Concurrency, Counts, Fold, Gaps, Lateness, StartsPer, Summary, Together};
use super::player::Engine;
use super::{Mismatch, Refused, SimRecord, Span};
use crate::scheduler::ClockSetBack;
use crate::task::TaskName;

/// The outcome of each slot of a simulation, in the order of the decisions.
///
/// An iterator that plays the simulation while it is read. Its memory does not grow with the simulated time. The
/// methods that consume it play it to its end through a [fold](super::fold). They return an error if an event of the
/// script was refused, because such a script proves nothing.
///
/// Runs that have not ended when the simulation ends have no record: see [`unfinished`](Self::unfinished).
///
/// # Examples
/// ```
/// use periodic_core::sim::{Simulation, Takes};
/// use periodic_core::task::{Task, TaskName, TaskSpec};
///
/// let poll = Task::new(TaskName::new("Manager", "poll")?, TaskSpec::new("poll"));
/// let simulation = Simulation::default().with(poll).task("poll", Takes::fixed("70s"));
/// let labels: Vec<String> = simulation.run_for("3m")?.map(|record| record.to_string()).collect();
/// assert_eq!(labels, ["00:01:00  Manager.poll  ok", "00:02:00  Manager.poll  skipped: overlap"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a timeline is played as it is read"]
pub struct Timeline {
    pub(super) engine: Engine,
}

impl Timeline {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine }
    }

    /// Plays the rest of the simulation through a fold, or through a tuple of folds.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::sim::Simulation;
    /// use periodic_core::sim::fold::{Concurrency, Counts};
    ///
    /// let mut folds = (Counts::default(), Concurrency::default());
    /// Simulation::default().run_for("1d")?.play(&mut folds);
    /// assert_eq!(folds.1.most(), 0);
    /// # Ok::<(), periodic_core::sim::ScriptError>(())
    /// ```
    pub fn play<F: Fold>(&mut self, fold: &mut F) {
        loop {
            while let Some(record) = self.engine.take_record() {
                fold.recorded(&record);
            }
            if self.engine.over {
                return fold.over(self.engine.names(), self.engine.now());
            }
            self.engine.step(fold);
        }
    }

    /// Returns the most starts within any stretch of this length, wherever it begins.
    ///
    /// # Errors
    /// When an event was refused, or the length cannot be read.
    pub fn starts_within(self, length: impl Into<Span>) -> Result<Bursts, Mismatch> {
        let length = read(&length.into())?;
        self.folded(Bursts::within(length))
    }

    /// Returns the starts in each stretch of this length of the wall clock: each minute, each hour.
    ///
    /// # Errors
    /// When an event was refused, or the length cannot be read.
    pub fn starts_per(self, length: impl Into<Span>) -> Result<StartsPer, Mismatch> {
        let length = read(&length.into())?;
        self.folded(StartsPer::every(length))
    }

    /// Returns the numbers of runs that are active at once.
    ///
    /// # Errors
    /// When an event was refused.
    pub fn concurrency(self) -> Result<Concurrency, Mismatch> {
        self.folded(Concurrency::default())
    }

    /// Returns the lateness of the runs.
    ///
    /// # Errors
    /// When an event was refused.
    pub fn lateness(self) -> Result<Lateness, Mismatch> {
        self.folded(Lateness::default())
    }

    /// Returns the outcomes of the slots, counted by task.
    ///
    /// # Errors
    /// When an event was refused.
    pub fn counts(self) -> Result<Counts, Mismatch> {
        self.folded(Counts::default())
    }

    /// Returns the time from each start of a task to its next.
    ///
    /// # Errors
    /// When an event was refused.
    pub fn gaps(self) -> Result<Gaps, Mismatch> {
        self.folded(Gaps::default())
    }

    /// Returns all of these at once, with the most starts in any minute.
    ///
    /// # Errors
    /// When an event was refused.
    pub fn summary(self) -> Result<Summary, Mismatch> {
        self.folded(Summary::default())
    }

    /// Checks that runs of two tasks are never active at once.
    ///
    /// # Errors
    /// When they are, with the first time; when a name is unknown, or an event was refused.
    pub fn expect_never_together(self, one: &str, other: &str) -> Result<(), Mismatch> {
        let names = self.engine.names();
        let find = |text: &str| {
            let found = names.iter().position(|name| name.matches(text));
            found.ok_or_else(|| {
                let near = periodic_text::nearest(text, names.iter(), |name| [name.as_str(), name.task()]);
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                Mismatch::new(format!("no task is called `{}`{near}", periodic_text::quoted(text)))
            })
        };
        let together = Together::of(find(one)?, find(other)?);
        self.folded(together)?.expect_never()
    }

    /// Checks that the timeline is exactly this one. Each record has its slots, its task and its outcome, in the form
    /// of [`SimRecord::slots`], [`TaskName::matches`] and [`SimRecord::label`].
    ///
    /// # Errors
    /// At the first difference, with the lines around it; or when an event was refused.
    pub fn expect<'e>(
        mut self,
        expected: impl IntoIterator<Item = (&'e str, &'e str, &'e str)>,
    ) -> Result<(), Mismatch> {
        let expected: Vec<Line> = expected.into_iter().map(Line::expected).collect();
        let most = expected.len() + diff::AFTER + 1;
        let got: Vec<Line> = self.by_ref().take(most).map(|record| Line::got(&record)).collect();
        diff::compare(&expected, &got)?;
        self.expect_nothing_refused()
    }

    /// Returns the events refused so far.
    pub fn refused(&self) -> &[Refused] {
        &self.engine.refused
    }

    /// Returns the reports of wall clocks that were set back so far, as the runner would log them.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::sim::{ScriptEvent, Simulation};
    /// use periodic_core::task::{Interval, Task, TaskName, TaskSpec};
    ///
    /// let hourly = TaskSpec::new("hourly").every(Interval::from_secs(3_600)).align();
    /// let task = Task::new(TaskName::new("Manager", "hourly")?, hourly);
    /// let simulation = Simulation::default().with(task);
    /// let mut timeline = simulation.at("2h30m", ScriptEvent::set_clock_back("90m")).run_for("3h")?;
    /// assert_eq!(timeline.by_ref().count(), 2);
    /// let told = &timeline.clock_set_backs()[0];
    /// assert_eq!((told.by.as_secs(), told.tasks, told.is_correction), (5_400, 1, false));
    /// assert_eq!(told.go_on[0].1.to_string(), "2026-01-01T03:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn clock_set_backs(&self) -> &[ClockSetBack] {
        &self.engine.set_backs
    }

    /// Returns the number of runs that were active, or waited for a permit or their retry, when the simulation ended.
    /// Zero before it has been played.
    pub fn unfinished(&self) -> u64 {
        self.engine.unfinished
    }

    /// Returns the tasks that existed so far, each at its number.
    pub fn tasks(&self) -> &[TaskName] {
        self.engine.names()
    }

    fn folded<F: Fold>(mut self, mut fold: F) -> Result<F, Mismatch> {
        self.play(&mut fold);
        self.expect_nothing_refused()?;
        Ok(fold)
    }

    fn expect_nothing_refused(&self) -> Result<(), Mismatch> {
        let lines: Vec<String> = self.refused().iter().map(ToString::to_string).collect();
        if lines.is_empty() { Ok(()) } else { Err(Mismatch::new(lines.join("\n"))) }
    }
}

impl Iterator for Timeline {
    type Item = SimRecord;

    fn next(&mut self) -> Option<SimRecord> {
        loop {
            if let Some(record) = self.engine.take_record() {
                return Some(record);
            }
            if self.engine.over {
                return None;
            }
            self.engine.step(&mut ());
        }
    }
}

impl core::iter::FusedIterator for Timeline {}

fn read(span: &Span) -> Result<core::time::Duration, Mismatch> {
    span.0.clone().map_err(|bad| {
        let what = bad
            .error
            .map_or("a duration cannot be negative: write 0 or more", |error| error.problem.advice());
        Mismatch::new(format!("`{}`: {what}", bad.text))
    })
}
