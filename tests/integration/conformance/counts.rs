use core::fmt;
use core::ops::AddAssign;

/// How much a replay compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) files: usize,
    pub(super) traces: usize,
    pub(super) passes: usize,
    /// Rows of a table of small vectors, and rows of a trace after each of its passes.
    pub(super) rows: usize,
    /// Expressions whose slots, or whose refusal, were compared.
    pub(super) calendars: usize,
    /// Timelines in words that have a test of their own.
    pub(super) stories: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.traces += other.traces;
        self.passes += other.passes;
        self.rows += other.rows;
        self.calendars += other.calendars;
        self.stories += other.stories;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, traces, passes, rows, calendars, stories } = self;
        write!(
            f,
            "{files} files, {traces} traces, {passes} passes, {rows} rows and {calendars} calendars compared; \
             {stories} stories have a test"
        )
    }
}
