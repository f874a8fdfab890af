use core::fmt;
use core::ops::Range;

/// What is wrong with an expression, and where.
///
/// Its text says what was found, in which field, what is allowed there, and what to write where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CronError {}

/// The ways in which an expression can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CronErrorKind {
    /// Nothing was written.
    Empty,
    /// There are too few or too many fields.
    FieldCount,
    /// A word that begins with `@` is not one that is known.
    UnknownShorthand,
    /// A list has nothing between two commas, or beside one.
    EmptyItem,
    /// A part is of no form that the field knows.
    Syntax,
    /// A word is no name of a month or a day of the week.
    UnknownName,
    /// A number is outside of what the field allows.
    OutOfRange,
    /// A range ends before it begins.
    ReversedRange,
    /// A step is zero, or so long that it reaches no second value.
    Step,
    /// `?`, `L`, `W` or `#` stands in a field where it has no meaning.
    NotInThisField,
    /// A field has more than four `H`.
    TooManyHashes,
    /// No day will ever match, as in `0 0 30 2 *`.
    NeverFires,
}

impl CronError {
    /// What is wrong.
    pub const fn kind(&self) -> CronErrorKind {
        todo!()
    }

    /// The bytes that are meant, as a range inside the text that was read.
    pub const fn span(&self) -> Range<usize> {
        todo!()
    }

    /// Two lines: the expression, and `^^^^` below what is meant.
    ///
    /// `text` is the expression that was read.
    pub fn caret<'t>(&self, text: &'t str) -> impl fmt::Display + use<'t> {
        text
    }
}

impl fmt::Display for CronError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}

impl core::error::Error for CronError {}
