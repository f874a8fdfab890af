use periodic_text::LookAlike;

use super::{CronErrorKind, Found};

/// The most bytes of an expression: more than the whole range of each field, value by value.
pub(crate) const LONGEST: usize = 4_096;

/// The mistake, with all that its message needs beside the field and the text found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Empty,
    /// The text has this number of bytes.
    TooLong(usize),
    FieldCount(usize),
    /// A character that only looks like one of an expression.
    LookAlike(LookAlike),
    /// A zone; the text found is its name.
    Zone,
    UnknownShorthand,
    Reboot,
    EmptyItem,
    NotUnderstood,
    /// The brackets of an `H` hold no range.
    HashRange,
    /// `L` stands alone as a day of the week.
    LastOfWhich,
    UnknownName,
    OutOfRange {
        low: u8,
        high: u8,
    },
    /// The number after `#` is out of range.
    Nth,
    Reversed {
        low: u8,
        high: u8,
    },
    ReversedHash,
    ZeroStep,
    /// Only `low` would match.
    LongStep {
        low: u8,
    },
    LongHashStep {
        values: u8,
    },
    NotHere(char),
    TooManyHashes,
    /// The day of month is in none of the months; bit 1 of `chosen` is January.
    NoSuchDay {
        months: Found,
        chosen: u16,
    },
    /// Both day fields must match, and no day matches both.
    NoCommonDay(Found),
}

impl Reason {
    pub(super) const fn kind(&self) -> CronErrorKind {
        match self {
            Self::Empty => CronErrorKind::Empty,
            Self::TooLong(_) => CronErrorKind::TooLong,
            Self::FieldCount(_) => CronErrorKind::FieldCount,
            Self::LookAlike(_) => CronErrorKind::LookAlike,
            Self::Zone => CronErrorKind::Zone,
            Self::UnknownShorthand | Self::Reboot => CronErrorKind::UnknownShorthand,
            Self::EmptyItem => CronErrorKind::EmptyItem,
            Self::NotUnderstood | Self::HashRange | Self::LastOfWhich => CronErrorKind::Syntax,
            Self::UnknownName => CronErrorKind::UnknownName,
            Self::OutOfRange { .. } | Self::Nth => CronErrorKind::OutOfRange,
            Self::Reversed { .. } | Self::ReversedHash => CronErrorKind::ReversedRange,
            Self::ZeroStep | Self::LongStep { .. } | Self::LongHashStep { .. } => CronErrorKind::Step,
            Self::NotHere(_) => CronErrorKind::NotInThisField,
            Self::TooManyHashes => CronErrorKind::TooManyHashes,
            Self::NoSuchDay { .. } | Self::NoCommonDay(_) => CronErrorKind::NeverFires,
        }
    }
}
