use core::num::NonZeroU64;

use periodic::task::{Interval, Missed, Overlap, RetrySpec, TaskSpec};
use proptest::prelude::*;

use super::moment::{duration, nanos};

/// A task's declaration, times in ticks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) spacing: i64,
    pub(super) grid: Grid,
    pub(super) first: First,
    pub(super) overlap: Overlap,
    pub(super) missed: Missed,
    pub(super) grace: Option<i64>,
    pub(super) max_runs: Option<u64>,
    pub(super) retry: Option<Retry>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Retry {
    pub(super) attempts: usize,
    pub(super) first: i64,
    pub(super) most: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    FromStart,
    FromFinish,
    Aligned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    AfterSpacing,
    Immediately,
    After(i64),
}

impl Declared {
    /// A task that runs on its grid and no more.
    pub(super) const fn every(spacing: i64) -> Self {
        Self {
            spacing,
            grid: Grid::FromStart,
            first: First::AfterSpacing,
            overlap: Overlap::Skip,
            missed: Missed::Coalesce,
            grace: None,
            max_runs: None,
            retry: None,
        }
    }

    pub(super) fn spec(&self) -> TaskSpec {
        let mut spec = TaskSpec::new("").every(Interval::from_nanos(nanos(self.spacing)));
        spec = match self.grid {
            Grid::FromStart => spec.overlap(self.overlap).missed(self.missed),
            Grid::FromFinish => spec.from_finish(),
            Grid::Aligned => spec.align().overlap(self.overlap).missed(self.missed),
        };
        spec = match self.first {
            First::AfterSpacing => spec,
            First::Immediately => spec.run_immediately(),
            First::After(delay) => spec.initial_delay(duration(delay)),
        };
        if let Some(grace) = self.grace {
            spec = spec.grace(duration(grace));
        }
        if let Some(Retry { attempts, first, most }) = self.retry {
            let attempts = u32::try_from(attempts).unwrap().try_into().unwrap();
            spec = spec.retry(RetrySpec::new(attempts).doubling(duration(first)).ceiling(duration(most)));
        }
        match self.max_runs.and_then(NonZeroU64::new) {
            Some(runs) => spec.max_runs(runs),
            None => spec,
        }
    }
}

/// The simplest tasks.
pub(super) fn plain() -> impl Strategy<Value = Declared> {
    (1..40_i64).prop_map(Declared::every)
}

/// Any task of node scope, without jitter.
pub(super) fn any() -> impl Strategy<Value = Declared> {
    let grid = prop_oneof![3 => Just(Grid::FromStart), 1 => Just(Grid::FromFinish), 2 => Just(Grid::Aligned)];
    let first = prop_oneof![
        2 => Just(First::AfterSpacing),
        1 => Just(First::Immediately),
        1 => (0..30_i64).prop_map(First::After),
    ];
    let overlap = prop_oneof![
        2 => Just(Overlap::Skip),
        1 => Just(Overlap::Queue),
        1 => Just(Overlap::Replace),
        2 => (1..4_u32).prop_map(Overlap::Allow),
    ];
    let missed = prop_oneof![Just(Missed::Coalesce), Just(Missed::Skip), (1..4_u16).prop_map(Missed::All),];
    let grace = prop_oneof![3 => Just(None), 1 => (0..60_i64).prop_map(Some)];
    let max_runs = prop_oneof![3 => Just(None), 1 => (1..6_u64).prop_map(Some)];
    let retry = (2..6_usize, 1..10_i64, 0..40_i64).prop_map(|(attempts, first, more)| Retry {
        attempts,
        first,
        most: first + more,
    });
    let retry = prop_oneof![Just(None), retry.prop_map(Some)];
    (1..40_i64, grid, first, overlap, missed, grace, max_runs, retry).prop_map(
        |(spacing, grid, first, overlap, missed, grace, max_runs, retry)| {
            // Refused together: a task that follows its end has one slot, so none overlaps or is missed; a task that is
            // aligned has its first slot on the clock's grid.
            let (first, overlap, missed) = match (grid, first) {
                (Grid::FromFinish, _) => (first, Overlap::Skip, Missed::Coalesce),
                (Grid::Aligned, First::After(_)) => (First::AfterSpacing, overlap, missed),
                _ => (first, overlap, missed),
            };
            Declared { spacing, grid, first, overlap, missed, grace, max_runs, retry }
        },
    )
}
