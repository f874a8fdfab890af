//! Rounds of contenders in turn, so that a disturbance of the machine affects them all.

use rustix::time::{ClockId, clock_gettime};

/// A median with its extremes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The median of all rounds.
    pub median: f64,
    /// The least of all rounds.
    pub min: f64,
    /// The most of all rounds.
    pub max: f64,
}

impl Spread {
    /// Returns the spread of `figures`; not a number if there are none.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |index: usize| figures.get(index).copied().unwrap_or(f64::NAN);
        Self { median: at(figures.len() / 2), min: at(0), max: at(figures.len().saturating_sub(1)) }
    }

    /// Returns the figure below which `thousandths` of the `sorted` ones lie.
    pub fn below(sorted: &[f64], thousandths: usize) -> f64 {
        let last = sorted.len().saturating_sub(1);
        sorted.get(last * thousandths / 1_000).copied().unwrap_or(f64::NAN)
    }

    /// Returns a figure that was measured once, because it does not vary.
    pub const fn exact(figure: f64) -> Self {
        Self { median: figure, min: figure, max: figure }
    }

    /// Returns the spread less a constant share, which is not the contender's own.
    #[must_use]
    pub fn less(self, share: f64) -> Self {
        Self { median: self.median - share, min: self.min - share, max: self.max - share }
    }
}

/// One round of a contender; it returns the cost of one operation.
pub type Round<'a> = Box<dyn FnMut() -> f64 + 'a>;

/// Runs each contender once as a warm-up, and then all of them in turn.
pub fn in_turn<const N: usize>(rounds: usize, mut contenders: [Round<'_>; N]) -> [Spread; N] {
    let mut figures = [const { Vec::new() }; N];
    for contender in &mut contenders {
        contender();
    }
    for _ in 0..rounds {
        for (contender, figures) in contenders.iter_mut().zip(&mut figures) {
            figures.push(contender());
        }
    }
    figures.map(Spread::of)
}

/// Returns the nanoseconds of this thread's processor time for each operation; `work` returns the number of operations.
///
/// This is not the elapsed time, because other work of the machine must not count.
pub fn each(work: impl FnOnce() -> u64) -> f64 {
    let begun = cpu(ClockId::ThreadCPUTime);
    let operations = work();
    (cpu(ClockId::ThreadCPUTime) - begun) as f64 / operations.max(1) as f64
}

/// Returns the nanoseconds of processor time of all threads of this process so far.
pub fn cpu_of_process() -> f64 {
    cpu(ClockId::ProcessCPUTime) as f64
}

fn cpu(clock: ClockId) -> i64 {
    let now = clock_gettime(clock);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        let spread = Spread::of(vec![5.0, 1.0, 9.0, 2.0, 7.0]);
        assert_eq!(spread, Spread { median: 5.0, min: 1.0, max: 9.0 });
    }

    #[test]
    fn shares_are_of_all_figures() {
        let sorted: Vec<_> = (0..=1_000).map(f64::from).collect();
        let figures: Vec<_> = [500, 999, 1_000].map(|share| Spread::below(&sorted, share)).into();
        assert_eq!(figures, [500.0, 999.0, 1_000.0]);
        assert!(Spread::below(&[], 500).is_nan());
    }

    #[test]
    fn the_first_round_of_each_is_for_nothing() {
        let (mut a, mut b) = (0.0, 10.0);
        let count = |figure: &mut f64| {
            *figure += 1.0;
            *figure
        };
        let [first, second] = in_turn(3, [Box::new(|| count(&mut a)), Box::new(|| count(&mut b))]);
        assert_eq!(first, Spread { median: 3.0, min: 2.0, max: 4.0 });
        assert_eq!(second, Spread { median: 13.0, min: 12.0, max: 14.0 });
    }
}
