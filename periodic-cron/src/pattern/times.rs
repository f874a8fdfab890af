use crate::Civil;
use crate::bits::{above, below, count, first, has, last};

/// The matching times of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) seconds: u64,
    pub(crate) minutes: u64,
    pub(crate) hours: u64,
}

impl Times {
    pub(crate) fn has(&self, civil: Civil) -> bool {
        has(self.hours, civil.hour) && has(self.minutes, civil.minute) && has(self.seconds, civil.second)
    }

    /// Returns `civil` at the first time of its day.
    pub(crate) fn first_of(&self, civil: Civil) -> Option<Civil> {
        Some(Civil {
            hour: first(self.hours)?,
            minute: first(self.minutes)?,
            second: first(self.seconds)?,
            ..civil
        })
    }

    /// Returns `civil` at the last time of its day.
    pub(crate) fn last_of(&self, civil: Civil) -> Option<Civil> {
        Some(Civil {
            hour: last(self.hours)?,
            minute: last(self.minutes)?,
            second: last(self.seconds)?,
            ..civil
        })
    }

    /// Returns `civil` at the next time of its day, if there is one.
    pub(crate) fn next_of(&self, civil: Civil) -> Option<Civil> {
        if has(self.hours, civil.hour) {
            if has(self.minutes, civil.minute)
                && let Some(second) = first(above(self.seconds, civil.second))
            {
                return Some(Civil { second, ..civil });
            }
            if let Some(minute) = first(above(self.minutes, civil.minute)) {
                return Some(Civil { minute, second: first(self.seconds)?, ..civil });
            }
        }
        self.first_of(civil)
            .zip(first(above(self.hours, civil.hour)))
            .map(|(time, hour)| Civil { hour, ..time })
    }

    /// Returns `civil` at the previous time of its day, if there is one.
    pub(crate) fn previous_of(&self, civil: Civil) -> Option<Civil> {
        if has(self.hours, civil.hour) {
            if has(self.minutes, civil.minute)
                && let Some(second) = last(below(self.seconds, civil.second))
            {
                return Some(Civil { second, ..civil });
            }
            if let Some(minute) = last(below(self.minutes, civil.minute)) {
                return Some(Civil { minute, second: last(self.seconds)?, ..civil });
            }
        }
        self.last_of(civil)
            .zip(last(below(self.hours, civil.hour)))
            .map(|(time, hour)| Civil { hour, ..time })
    }

    /// Returns the number of times in a day.
    pub(crate) fn count(&self) -> u64 {
        count(self.hours) * count(self.minutes) * count(self.seconds)
    }

    /// Returns the number of times before `civil`'s time of day.
    pub(crate) fn count_before(&self, civil: Civil) -> u64 {
        let per_minute = count(self.seconds);
        let per_hour = per_minute * count(self.minutes);
        let mut before = per_hour * count(below(self.hours, civil.hour));
        if has(self.hours, civil.hour) {
            before += per_minute * count(below(self.minutes, civil.minute));
            if has(self.minutes, civil.minute) {
                before += count(below(self.seconds, civil.second));
            }
        }
        before
    }
}
