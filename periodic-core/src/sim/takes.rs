use core::time::Duration;

use super::Span;
use crate::schedule::mix;
use crate::task::{Ended, Next, TaskError};

/// The durations and the ends of a task's runs. By default they take no time and end `Ok`.
///
/// With `retry`, each attempt counts as a run: lists continue with the next item.
///
/// A draw depends only on the seed, the task's name and the number of its earlier runs. The same script gives the same
/// timeline on every platform, and another task in the table has no effect on it.
///
/// # Examples
/// ```
/// use periodic_core::sim::Takes;
/// use periodic_core::task::{Ended, Next, TaskError};
///
/// let steady = Takes::fixed("20s");
/// let shaky = Takes::between("1s", "5s").failing(0.01).seed(7);
/// let third_fails = Takes::fixed("1s").ending([
///     Ended::Ok(Next::OnSchedule),
///     Ended::Ok(Next::OnSchedule),
///     Ended::Failed(TaskError::new("no route to host")),
/// ]);
/// # let _ = (steady, shaky, third_fails);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until a simulation is given it"]
pub struct Takes {
    lasts: Lasts,
    ends: Vec<Ended>,
    failing: f64,
    seed: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Lasts {
    Listed(Vec<Span>),
    Between(Span, Span),
    ForEver,
}

impl Default for Takes {
    fn default() -> Self {
        Self::fixed(Duration::ZERO)
    }
}

impl From<&str> for Takes {
    /// See [`fixed`](Self::fixed).
    fn from(length: &str) -> Self {
        Self::fixed(length)
    }
}

impl From<Duration> for Takes {
    /// See [`fixed`](Self::fixed).
    fn from(length: Duration) -> Self {
        Self::fixed(length)
    }
}

impl Takes {
    /// Creates runs that each take `length`.
    pub fn fixed(length: impl Into<Span>) -> Self {
        Self::listed([length])
    }

    /// Creates runs that take these lengths in order, and then from the beginning again.
    pub fn listed<S: Into<Span>>(lengths: impl IntoIterator<Item = S>) -> Self {
        Self::lasting(Lasts::Listed(lengths.into_iter().map(Into::into).collect()))
    }

    /// Creates runs that take a random time from `shortest` to `longest`, both included, with equal probability.
    pub fn between(shortest: impl Into<Span>, longest: impl Into<Span>) -> Self {
        Self::lasting(Lasts::Between(shortest.into(), longest.into()))
    }

    /// Creates runs that never end by themselves: a hanging task.
    pub fn for_ever() -> Self {
        Self::lasting(Lasts::ForEver)
    }

    /// Sets the ends of the runs: these in order, and then from the beginning again.
    pub fn ending(mut self, ends: impl IntoIterator<Item = Ended>) -> Self {
        self.ends = ends.into_iter().collect();
        self
    }

    /// Sets the share of the runs, from 0 to 1, that fails instead of its [`ending`](Self::ending).
    pub fn failing(mut self, share: f64) -> Self {
        self.failing = share;
        self
    }

    /// Sets another seed for the draws; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    fn lasting(lasts: Lasts) -> Self {
        Self { lasts, ends: vec![Ended::Ok(Next::OnSchedule)], failing: 0.0, seed: 0 }
    }

    pub(super) fn spans(&self) -> &[Span] {
        match &self.lasts {
            Lasts::Listed(spans) => spans,
            Lasts::Between(shortest, _) => core::slice::from_ref(shortest),
            Lasts::ForEver => &[],
        }
    }

    pub(super) fn longest(&self) -> Option<&Span> {
        if let Lasts::Between(_, longest) = &self.lasts { Some(longest) } else { None }
    }

    /// Returns a contradiction, with the correction.
    pub(super) fn problem(&self) -> Option<&'static str> {
        if matches!(&self.lasts, Lasts::Listed(spans) if spans.is_empty()) {
            return Some("`listed` has no length; write at least one");
        }
        if matches!(&self.lasts, Lasts::Between(shortest, longest) if shortest.length() > longest.length()) {
            return Some("`between` ends shorter than it begins; write the shorter length first");
        }
        if self.ends.is_empty() {
            return Some("`ending` has no outcome; write at least one");
        }
        if !(0.0..=1.0).contains(&self.failing) {
            return Some("`failing` must be a share from 0 to 1; 1 % is `0.01`");
        }
        let at_once = self.ends.contains(&Ended::Ok(Next::After(Duration::ZERO)));
        if at_once && self.spans().iter().any(|span| span.length().is_zero()) {
            return Some(
                "runs of zero length ask for the next one at once, so the simulation would never end; \
                 write a longer length",
            );
        }
        None
    }

    /// Creates the draws of one task.
    pub(super) fn drawn_for(&self, task: u64) -> Draws {
        let lasts = match &self.lasts {
            Lasts::Listed(spans) => DrawnLength::Listed(spans.iter().map(Span::length).collect()),
            Lasts::Between(shortest, longest) => {
                let least = shortest.length();
                DrawnLength::Between { least, range: longest.length().saturating_sub(least) }
            }
            Lasts::ForEver => DrawnLength::ForEver,
        };
        Draws {
            lasts,
            ends: self.ends.clone(),
            failing: threshold(self.failing),
            seed: mix(self.seed ^ task),
            run: 0,
        }
    }
}

/// Returns the draw below which a run fails. The only float is the share itself; scaling by a power of two leaves it
/// exact.
// A share is from 0 to 1, so nothing is negative, and 1 itself becomes "always".
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn threshold(share: f64) -> u128 {
    (share * 18_446_744_073_709_551_616.0) as u128
}

/// The runs of one task in order.
#[derive(Clone, Debug)]
pub(super) struct Draws {
    lasts: DrawnLength,
    ends: Vec<Ended>,
    failing: u128,
    seed: u64,
    run: u64,
}

#[derive(Clone, Debug)]
enum DrawnLength {
    Listed(Vec<Duration>),
    Between { least: Duration, range: Duration },
    ForEver,
}

impl Draws {
    /// Returns the length of the next run, `None` for one that never ends, and its end.
    pub(super) fn next(&mut self) -> (Option<Duration>, Ended) {
        let run = self.run;
        self.run += 1;
        let length = match &self.lasts {
            DrawnLength::Listed(lengths) => nth(lengths, run).copied(),
            DrawnLength::Between { least, range } => {
                let most = u64::try_from(range.as_nanos()).unwrap_or(u64::MAX);
                let scaled = (u128::from(self.draw(run, 0)) * (u128::from(most) + 1)) >> 64;
                Some(*least + Duration::from_nanos(u64::try_from(scaled).unwrap_or(most)))
            }
            DrawnLength::ForEver => None,
        };
        if self.failing > 0 && u128::from(self.draw(run, 1)) < self.failing {
            return (length, Ended::Failed(TaskError::new("a simulated failure")));
        }
        (length, nth(&self.ends, run).cloned().unwrap_or(Ended::Ok(Next::OnSchedule)))
    }

    /// Returns one of two numbers for each run: the stream of `SplitMix64` from the seed on.
    fn draw(&self, run: u64, which: u64) -> u64 {
        let place = run.wrapping_mul(2).wrapping_add(which);
        mix(self.seed.wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }
}

fn nth<T>(list: &[T], run: u64) -> Option<&T> {
    match list {
        [only] => Some(only),
        _ => list.get(usize::try_from(run % list.len().max(1) as u64).unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(takes: &Takes, task: u64) -> Vec<(Option<Duration>, Ended)> {
        let mut draws = takes.drawn_for(task);
        (0..10_000).map(|_| draws.next()).collect()
    }

    #[test]
    fn draws_fill_their_range() {
        let runs = runs(&Takes::between("1s", "5s"), 1);
        let lengths: Vec<Duration> = runs.iter().filter_map(|(length, _)| *length).collect();
        let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
        assert!(*least >= Duration::from_secs(1) && *least < Duration::from_millis(1_010), "{least:?}");
        assert!(*most <= Duration::from_secs(5) && *most > Duration::from_millis(4_990), "{most:?}");
        let mean = lengths.iter().sum::<Duration>() / 10_000;
        assert!(mean.abs_diff(Duration::from_secs(3)) < Duration::from_millis(50), "{mean:?}");
    }

    #[test]
    fn draws_differ_between_tasks_and_seeds_alone() {
        let takes = Takes::between("1s", "5s").failing(0.5);
        assert_eq!(runs(&takes, 1), runs(&takes, 1));
        assert_ne!(runs(&takes, 1), runs(&takes, 2));
        assert_ne!(runs(&takes, 1), runs(&takes.clone().seed(1), 1));
    }

    #[test]
    fn a_share_of_the_runs_fails() {
        let failures = |share| {
            let runs = runs(&Takes::default().failing(share), 1);
            runs.iter().filter(|(_, ended)| matches!(ended, Ended::Failed(_))).count()
        };
        assert_eq!((failures(0.0), failures(1.0)), (0, 10_000));
        assert!((90..=310).contains(&failures(0.02)), "{}", failures(0.02));
    }

    #[test]
    fn draws_are_the_same_in_every_release() {
        let mut draws = Takes::between("0s", "1s").drawn_for(0);
        let first: Vec<u128> =
            (0..3).filter_map(|_| draws.next().0).map(|length| length.as_nanos()).collect();
        assert_eq!(first, [652_448_487, 387_124_141, 787_928_466]);
    }

    #[test]
    fn lists_begin_again() {
        let runs = runs(&Takes::listed(["1s", "2s"]), 1);
        assert_eq!(runs[2].0, Some(Duration::from_secs(1)));
        assert_eq!(runs[3].0, Some(Duration::from_secs(2)));
    }
}
