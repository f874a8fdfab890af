use core::fmt;

use crate::LookAlike;

/// What is wrong with a duration's text, and where.
///
/// `start..end` is a byte range inside the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationError {
    /// What is wrong.
    pub problem: Problem,
    /// First byte of the offending part.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// The ways in which a duration's text can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing was written.
    Empty,
    /// A character only looks like one of a duration: a no-break space, a full-width digit.
    LookAlike(LookAlike),
    /// A number was expected.
    Number,
    /// The unit is not one that is known.
    Unit,
    /// A number without a unit stands beside others.
    MissingUnit,
    /// The units are repeated, or not in the order from long to short.
    Order,
    /// The number is finer than a nanosecond.
    Precision,
    /// The whole is longer than 292 years.
    Length,
}

impl Problem {
    /// What is wrong and what to write instead, as a clause.
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
