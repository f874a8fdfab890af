//! The measurement of a goal, and whether it reaches the goal.

use crate::goals::{Goal, Target};
use crate::rounds::Spread;

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Nanos,
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Hundredths.
    Percent,
    /// A number without a unit.
    Count,
}

impl Unit {
    /// Returns a figure with three digits and a suitable unit.
    pub fn written(self, figure: f64) -> String {
        let digits = |figure: f64| match figure.abs() {
            0.0 => "0".into(),
            small if small < 9.95 => format!("{figure:.1}"),
            _ => format!("{figure:.0}"),
        };
        match self {
            Self::Nanos if figure.abs() >= 1e9 => format!("{} s", digits(figure / 1e9)),
            Self::Nanos if figure.abs() >= 1e6 => format!("{} ms", digits(figure / 1e6)),
            Self::Nanos if figure.abs() >= 1e3 => format!("{} µs", digits(figure / 1e3)),
            Self::Nanos => format!("{} ns", digits(figure)),
            Self::Seconds if figure < 9.95 => format!("{figure:.2} s"),
            Self::Seconds => format!("{} s", digits(figure)),
            Self::Percent => format!("{} %", digits(figure)),
            Self::Bytes => format!("{} B", digits(figure)),
            Self::Count => digits(figure),
        }
    }
}

/// The measurement of a goal.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The [`Goal::key`].
    pub key: &'static str,
    /// This project's figure; `None` if it was not measured.
    pub ours: Option<Spread>,
    /// The peer and its figure.
    pub peer: Option<(&'static str, Spread)>,
    /// A remark: the limit of the figure, or the reason why it was not measured.
    pub note: String,
}

impl Finding {
    /// Creates a finding without a peer.
    pub fn alone(key: &'static str, ours: Spread) -> Self {
        Self { key, ours: Some(ours), peer: None, note: String::new() }
    }

    /// Creates a finding with a peer's figure.
    pub fn beside(key: &'static str, ours: Spread, peer: &'static str, theirs: Spread) -> Self {
        Self { key, ours: Some(ours), peer: Some((peer, theirs)), note: String::new() }
    }

    /// Creates a finding without a figure, for the reason `why`.
    pub fn not_measured(key: &'static str, why: impl Into<String>) -> Self {
        Self { key, ours: None, peer: None, note: why.into() }
    }

    /// Sets the remark.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Returns this project's figure divided by the peer's.
    pub fn ratio(&self) -> Option<f64> {
        let (ours, (_, theirs)) = (self.ours?, self.peer.as_ref()?);
        Some(ours.median / theirs.median)
    }

    /// Returns whether it reaches the goal; `None` if it was not measured, or the goal has no target.
    pub fn reaches(&self, goal: &Goal) -> Option<bool> {
        let ours = self.ours?;
        match goal.target {
            Target::AtMost(most, _) => Some(ours.median <= most),
            Target::AtLeast(least, _) => Some(ours.median >= least),
            Target::AtMostTimes(times, _) => Some(ours.median <= times * self.peer?.1.median),
            Target::Shown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::GOALS;

    #[test]
    fn figures_have_the_unit_that_suits_them() {
        for (figure, text) in
            [(1.42, "1.4 ns"), (136_000.0, "136 µs"), (0.0, "0 ns"), (3_000_000.0, "3.0 ms")]
        {
            assert_eq!(Unit::Nanos.written(figure), text);
        }
    }

    #[test]
    fn a_goal_is_reached_at_its_very_figure_and_not_below() {
        let goal = |key| GOALS.iter().find(|goal| goal.key == key).unwrap();
        let beside = |ours, theirs| Finding::beside("", Spread::exact(ours), "peer", Spread::exact(theirs));
        assert_eq!(beside(0.9, 1.0).reaches(goal("spawned_10k")), Some(true));
        assert_eq!(beside(0.91, 1.0).reaches(goal("spawned_10k")), Some(false));
        assert_eq!(Finding::alone("", Spread::exact(160.1)).reaches(goal("bytes_1m")), Some(false));
        assert_eq!(Finding::alone("", Spread::exact(89.9)).reaches(goal("returned")), Some(false));
        assert_eq!(Finding::not_measured("", "no valgrind").reaches(goal("bytes_1m")), None);
    }
}
