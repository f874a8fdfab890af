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
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.files += other.files;
        self.traces += other.traces;
        self.passes += other.passes;
        self.rows += other.rows;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, traces, passes, rows } = self;
        write!(f, "{files} files, {traces} traces, {passes} passes and {rows} rows compared")
    }
}
