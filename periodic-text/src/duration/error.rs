use core::fmt;

use crate::LookAlike;

/// A mistake in a duration's text, and its place.
///
/// `start..end` is a byte range inside the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationError {
    /// The kind of mistake.
    pub problem: Problem,
    /// The first byte of the wrong part.
    pub start: usize,
    /// One past the last byte of the wrong part.
    pub end: usize,
}

/// The kinds of mistakes in a duration's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The text is empty.
    Empty,
    /// A character only looks like one of a duration: a no-break space, a full-width digit.
    LookAlike(LookAlike),
    /// A number was expected.
    Number,
    /// The unit is unknown.
    Unit,
    /// A number has no unit, but others have one.
    MissingUnit,
    /// The units are repeated, or are not in the order from long to short.
    Order,
    /// The number is finer than a nanosecond.
    Precision,
    /// The duration is longer than 292 years.
    Length,
}

impl Problem {
    /// Returns the mistake and its correction, as a clause.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Empty => "a duration is empty: write seconds as in `60`, or a text as in `\"1h30m\"`",
            Self::LookAlike(_) => {
                "a character here only looks right, or cannot be seen: write a duration with ASCII characters, as in \
                 `\"1h 30m\"`"
            }
            Self::Number => "a number was expected here: write a duration as in `\"90s\"` or `\"1h30m\"`",
            Self::Unit => "this unit is not known: the units are w, d, h, m, s, ms, us and ns",
            Self::MissingUnit => "a unit is missing here: write `\"1h30m\"`, not `\"1h30\"`",
            Self::Order => "units go from long to short, each at most once: write `\"1h30m\"`",
            Self::Precision => "this is finer than a nanosecond: leave digits out",
            Self::Length => "this is longer than 292 years, the longest duration that can be counted",
        }
    }
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::LookAlike(found) => write!(f, "{found}, is no part of a duration: {}", found.instead()),
            problem => f.write_str(problem.advice()),
        }
    }
}

impl core::error::Error for DurationError {}
