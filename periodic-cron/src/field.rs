/// One of the six fields, in the order of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Second,
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
}

impl Field {
    pub(crate) const ALL: [Self; 6] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Month, Self::Weekday];

    pub(crate) const fn low(self) -> u8 {
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Weekday => 0,
            Self::Day | Self::Month => 1,
        }
    }

    /// Returns the last value. Sunday is the first day of the week; its other number, 7, occurs only in texts.
    pub(crate) const fn high(self) -> u8 {
        match self {
            Self::Second | Self::Minute => 59,
            Self::Hour => 23,
            Self::Day => 31,
            Self::Month => 12,
            Self::Weekday => 6,
        }
    }

    /// Returns the greatest number allowed in a text.
    pub(crate) const fn high_written(self) -> u8 {
        match self {
            Self::Weekday => 7,
            _ => self.high(),
        }
    }

    /// Returns the last value for an `H` without a range; every month has it.
    pub(crate) const fn high_drawn(self) -> u8 {
        match self {
            Self::Day => 28,
            _ => self.high(),
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day of month",
            Self::Month => "month",
            Self::Weekday => "day of week",
        }
    }

    /// Returns the names of the values from [`low`](Self::low) on.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => {
                &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
            }
            Self::Weekday => &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
            _ => &[],
        }
    }

    /// Returns the value that `word` names, in capitals or not.
    pub(crate) const fn named(self, word: &[u8]) -> Option<u8> {
        let names = self.names();
        let mut index = 0;
        while index < names.len() {
            if word.eq_ignore_ascii_case(names[index].as_bytes()) {
                // There are at most twelve names.
                #[allow(clippy::cast_possible_truncation)]
                return Some(self.low() + index as u8);
            }
            index += 1;
        }
        None
    }

    /// Whether `word` names a value of some field.
    pub(crate) const fn is_a_name(word: &[u8]) -> bool {
        Self::Month.named(word).is_some() || Self::Weekday.named(word).is_some()
    }

    pub(crate) const fn bit(self, value: u8) -> u64 {
        match self {
            Self::Weekday => 1 << (value % 7),
            _ => 1 << value,
        }
    }
}
