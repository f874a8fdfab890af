use crate::calendar::{Month, longest};

const ALL_WEEKDAYS: u8 = 0b111_1111;

/// The matching days: the two day fields, and their combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    /// Bit `n` is the day `n`.
    pub(crate) numbers: u32,
    /// Bit `n` is `L-n`, bit 0 is `L`.
    pub(crate) last: u32,
    /// Bit `n` is `nW`.
    pub(crate) near: u32,
    /// Bit `n` is `L-nW`, bit 0 is `LW`.
    pub(crate) near_last: u32,
    /// Bit 0 is Sunday.
    pub(crate) weekdays: u8,
    /// Bit 5 is `5L`.
    pub(crate) weekday_last: u8,
    /// `nth[1]` has bit 5 for `5#2`.
    pub(crate) weekday_nth: [u8; 5],
    /// Whether one of the two fields is enough.
    pub(crate) either: bool,
}

impl Days {
    pub(crate) const NONE: Self = Self {
        numbers: 0,
        last: 0,
        near: 0,
        near_last: 0,
        weekdays: 0,
        weekday_last: 0,
        weekday_nth: [0; 5],
        either: false,
    };

    /// Returns the matching days of a month: bit `n` is the day `n`.
    pub(crate) const fn of(&self, month: Month) -> u32 {
        let (by_number, by_weekday) = (self.by_number(month), self.by_weekday(month));
        if self.either { by_number | by_weekday } else { by_number & by_weekday }
    }

    const fn by_number(&self, month: Month) -> u32 {
        let mut days = self.numbers | from_the_end(self.last, month);
        let mut near = (self.near | from_the_end(self.near_last, month)) & all(month);
        while near != 0 {
            // The index of a bit in 32.
            #[allow(clippy::cast_possible_truncation)]
            let day = near.trailing_zeros() as u8;
            days |= 1 << nearest_weekday(day, month);
            near &= near - 1;
        }
        days & all(month)
    }

    const fn by_weekday(&self, month: Month) -> u32 {
        let week = week_from(self.weekdays, month.first) as u64;
        // The same week five times over, from the 1st.
        let mut days = (week * 0x1020_4081) << 1;
        let mut nth = 0;
        while nth < 5 {
            days |= (week_from(self.weekday_nth[nth], month.first) as u64) << (7 * nth + 1);
            nth += 1;
        }
        let last_week = month.length - 6;
        days |= (week_from(self.weekday_last, (month.first + last_week - 1) % 7) as u64) << last_week;
        // The mask has 32 bits.
        #[allow(clippy::cast_possible_truncation)]
        return days as u32 & all(month);
    }

    /// Whether a day matches in any of `months` in any year.
    ///
    /// In the calendar's 400 years every month, and the February of a leap year too, begins on every day of the week.
    pub(crate) const fn ever(&self, months: u16) -> bool {
        let mut month = 1;
        while month <= 12 {
            let chosen = months >> month & 1 == 1;
            if chosen && (self.ever_in(longest(month)) || month == 2 && self.ever_in(28)) {
                return true;
            }
            month += 1;
        }
        false
    }

    const fn ever_in(&self, length: u8) -> bool {
        let mut first = 0;
        while first < 7 {
            if self.of(Month { length, first }) != 0 {
                return true;
            }
            first += 1;
        }
        false
    }

    /// Whether the day of month alone leaves no day.
    pub(crate) const fn never_by_number(&self, months: u16) -> bool {
        let by_number = Self { weekdays: ALL_WEEKDAYS, either: false, ..*self };
        !by_number.ever(months)
    }
}

const fn all(month: Month) -> u32 {
    // The mask has 32 bits.
    #[allow(clippy::cast_possible_truncation)]
    return ((1_u64 << (month.length + 1)) - 2) as u32;
}

/// Moves bit `n` to the day `n` before the last. Some bits fall before the month's first day.
const fn from_the_end(back: u32, month: Month) -> u32 {
    back.reverse_bits() >> (31 - month.length)
}

/// Returns the days of the week in `weekdays` as bits that begin with the day `first`.
const fn week_from(weekdays: u8, first: u8) -> u8 {
    (weekdays >> first | weekdays << (7 - first)) & ALL_WEEKDAYS
}

/// Returns the day from Monday to Friday that is nearest to `day` in the same month.
const fn nearest_weekday(day: u8, month: Month) -> u8 {
    match (month.first + day - 1) % 7 {
        6 if day == 1 => 3,
        6 => day - 1,
        0 if day == month.length => day - 2,
        0 => day + 1,
        _ => day,
    }
}
