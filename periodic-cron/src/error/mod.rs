//! What can be wrong with an expression, and how it is told.

mod caret;
mod found;
mod message;
mod near;
mod reason;

use core::fmt;
use core::ops::Range;

use crate::field::Field;
use caret::Caret;
pub(crate) use found::Found;
pub(crate) use reason::Reason;

/// What is wrong with an expression, and where.
///
/// Its text says what was found, in which field, what is allowed there, and what to write where that is known.
///
/// # Examples
/// ```
/// let error = periodic_cron::Cron::parse("0 24 * * *").unwrap_err();
/// assert_eq!(error.to_string(), "hour: `24` is out of range: write 0 to 23, where 0 is midnight");
/// assert_eq!(error.caret("0 24 * * *").to_string(), "0 24 * * *\n  ^^");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CronError {
    reason: Reason,
    /// The field in which it was found, unless it is about the whole.
    field: Option<Field>,
    found: Found,
    start: usize,
    end: usize,
}

/// The ways in which an expression can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CronErrorKind {
    /// Nothing was written.
    Empty,
    /// There are too few or too many fields.
    FieldCount,
    /// A character only looks like one that belongs there: a no-break space, an en dash, a full-width digit.
    LookAlike,
    /// A time zone stands in the expression, as in `CRON_TZ=Europe/Berlin`; it belongs beside it.
    Zone,
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
    pub(crate) const fn new(
        reason: Reason,
        field: Option<Field>,
        found: Found,
        start: usize,
        end: usize,
    ) -> Self {
        Self { reason, field, found, start, end }
    }

    /// What is wrong.
    pub const fn kind(&self) -> CronErrorKind {
        self.reason.kind()
    }

    /// The bytes that are meant, as a range inside the text that was read.
    ///
    /// It begins and ends between characters, and is empty only where the text is.
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Two lines: the expression, and `^^^^` below what is meant.
    ///
    /// `text` is the expression that was read.
    pub fn caret<'t>(&self, text: &'t str) -> impl fmt::Display + use<'t> {
        Caret { text, start: self.start, end: self.end }
    }
}

impl core::error::Error for CronError {}
