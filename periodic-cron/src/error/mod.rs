//! The mistakes in an expression, and their messages.

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
pub(crate) use reason::{LONGEST, Reason};

/// A mistake in an expression, and its place.
///
/// Its text states the field, the text found, the values allowed, and the correction if one is known.
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
    /// The field of the mistake; `None` if it concerns the whole expression.
    field: Option<Field>,
    found: Found,
    start: usize,
    end: usize,
}

/// The kinds of mistakes in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CronErrorKind {
    /// The text is empty.
    Empty,
    /// The text has more than 4096 bytes.
    TooLong,
    /// The fields are too few or too many.
    FieldCount,
    /// A character only looks like a valid one: a no-break space, an en dash, a full-width digit.
    LookAlike,
    /// The expression contains a time zone, as in `CRON_TZ=Europe/Berlin`; it must stand beside the expression.
    Zone,
    /// A word that begins with `@` is unknown.
    UnknownShorthand,
    /// A list has an empty item.
    EmptyItem,
    /// A part has a form that is unknown in its field.
    Syntax,
    /// A word is no name of a month or a day of the week.
    UnknownName,
    /// A number is out of its field's range.
    OutOfRange,
    /// A range ends before it begins.
    ReversedRange,
    /// A step is zero, or too long to reach a second value.
    Step,
    /// `?`, `L`, `W` or `#` has no meaning in its field.
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

    /// Returns the kind of mistake.
    pub const fn kind(&self) -> CronErrorKind {
        self.reason.kind()
    }

    /// Returns the wrong bytes, as a range inside the text that was read.
    ///
    /// The range begins and ends between characters. It is empty only if the text is.
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns two lines: the expression, and `^^^^` below the mistake.
    ///
    /// `text` is the expression that was read.
    pub fn caret<'t>(&self, text: &'t str) -> impl fmt::Display + use<'t> {
        Caret { text, start: self.start, end: self.end }
    }
}

impl core::error::Error for CronError {}
