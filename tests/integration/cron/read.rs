//! Expressions that were not drawn, read a second time, in the simplest way: of numbers, lists, ranges and steps alone.

use jiff::civil::DateTime;

/// A minute that a clock shows: minute, hour, day, month, day of the week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading([u8; 5]);

impl Reading {
    pub(super) fn of(at: DateTime) -> Self {
        let weekday = at.weekday().to_sunday_zero_offset();
        Self([at.minute(), at.hour(), at.day(), at.month(), weekday].map(|value| value.try_into().unwrap()))
    }
}

/// The five fields of an expression, as values.
pub(super) struct Read {
    values: [u64; 5],
    begins_with_star: [bool; 5],
}

const RANGES: [(u8, u8); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

impl Read {
    pub(super) fn new(text: &str) -> Self {
        let mut read = Self { values: [0; 5], begins_with_star: [false; 5] };
        for (index, field) in text.split(' ').enumerate() {
            read.begins_with_star[index] = field.starts_with('*');
            for item in field.split(',') {
                for value in values(item, RANGES[index]) {
                    read.values[index] |= 1 << value;
                }
            }
        }
        read
    }

    pub(super) fn matches(&self, Reading(reading): Reading) -> bool {
        let [minute, hour, day, month, weekday] =
            [0, 1, 2, 3, 4].map(|index| self.values[index] >> reading[index] & 1 == 1);
        let [_, _, any_day, _, any_weekday] = self.begins_with_star;
        let date = if any_day || any_weekday { day && weekday } else { day || weekday };
        minute && hour && month && date
    }

    pub(super) fn has_open_hours(&self) -> bool {
        self.begins_with_star[1] || (0..24).all(|hour| self.values[1] >> hour & 1 == 1)
    }
}

fn values(item: &str, (low, high): (u8, u8)) -> impl Iterator<Item = u8> {
    let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
    let number = |text: &str| text.parse::<u8>().unwrap();
    let (first, last) = match range.split_once('-') {
        Some((first, last)) => (number(first), number(last)),
        None if range == "*" => (low, high),
        None if step.is_some() => (number(range), high),
        None => (number(range), number(range)),
    };
    (first..=last).step_by(step.map_or(1, |step| step.parse().unwrap()))
}
