//! The rules once more: written from the documentation, on the text, one value and one day at a time.

use periodic_cron::Civil;

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEK: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

pub(crate) struct Naive {
    pub(crate) seconds: Vec<i8>,
    pub(crate) minutes: Vec<i8>,
    pub(crate) hours: Vec<i8>,
    days: String,
    months: Vec<i8>,
    weekdays: String,
}

/// A date that is counted on from one whose day of the week is known.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Date {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
    weekday: i8,
}

impl Date {
    /// 1 January 2000 was a Saturday.
    pub(crate) const START: Self = Self { year: 2000, month: 1, day: 1, weekday: 6 };

    pub(crate) fn tomorrow(self) -> Self {
        let mut date = Self { day: self.day + 1, weekday: (self.weekday + 1) % 7, ..self };
        if date.day > self.month_length() {
            (date.day, date.month) = (1, date.month + 1);
        }
        if date.month > 12 {
            (date.month, date.year) = (1, date.year + 1);
        }
        date
    }

    fn month_length(self) -> i8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 400 == 0 || self.year % 4 == 0 && self.year % 100 != 0 => 29,
            2 => 28,
            _ => 31,
        }
    }

    fn weekday_of(self, day: i8) -> i8 {
        (self.weekday + day - self.day).rem_euclid(7)
    }

    /// From Monday to Friday, and in the month of `self`.
    fn is_working_day(self, day: i8) -> bool {
        (1..=self.month_length()).contains(&day) && (1..=5).contains(&self.weekday_of(day))
    }
}

impl Naive {
    pub(crate) fn new(text: &str) -> Self {
        let mut fields: Vec<_> = text.split_whitespace().collect();
        if fields.len() == 5 {
            fields.insert(0, "0");
        }
        let values = |index: usize, values: core::ops::RangeInclusive<i8>, names: &[&str]| {
            let items = || fields[index].split(',');
            let last = *values.end();
            values.filter(|value| items().any(|item| matches(item, *value, last, names))).collect()
        };
        Self {
            seconds: values(0, 0..=59, &[]),
            minutes: values(1, 0..=59, &[]),
            hours: values(2, 0..=23, &[]),
            days: fields[3].to_owned(),
            months: values(4, 1..=12, &MONTHS),
            weekdays: fields[5].to_owned(),
        }
    }

    pub(crate) fn on(&self, date: Date) -> bool {
        let star = |field: &str| field.starts_with(['*', '?']);
        let by_number = self.days.split(',').any(|item| day_of_month(item, date));
        let by_weekday = self.weekdays.split(',').any(|item| day_of_week(item, date));
        let either = !star(&self.days) && !star(&self.weekdays);
        self.months.contains(&date.month)
            && if either { by_number || by_weekday } else { by_number && by_weekday }
    }

    pub(crate) fn at(&self, civil: Civil) -> bool {
        self.seconds.contains(&civil.second)
            && self.minutes.contains(&civil.minute)
            && self.hours.contains(&civil.hour)
    }
}

fn number(text: &str, names: &[&str]) -> i8 {
    let first = i8::from(names.len() == 12);
    let name = names.iter().position(|name| name.eq_ignore_ascii_case(text));
    name.map_or_else(|| text.parse().unwrap(), |index| i8::try_from(index).unwrap() + first)
}

fn matches(item: &str, value: i8, last: i8, names: &[&str]) -> bool {
    let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, step.parse().ok()));
    let (low, high) = match (range, range.split_once('-')) {
        ("*" | "?", _) => (i8::from(last == 12 || last == 31), last),
        (_, Some((low, high))) => (number(low, names), number(high, names)),
        (_, None) if step.is_some() => (number(range, names), last),
        (_, None) => (number(range, names), number(range, names)),
    };
    (low..=high).contains(&value) && (value - low) % step.unwrap_or(1) == 0
}

fn day_of_month(item: &str, date: Date) -> bool {
    let length = date.month_length();
    let target = |text: &str| match text.strip_prefix('L') {
        Some("") => length,
        Some(back) => length - back[1..].parse::<i8>().unwrap(),
        None => text.parse().unwrap(),
    };
    if let Some(day) = item.strip_suffix('W') {
        let target = target(day);
        let near = [0, -1, 1, -2, 2].map(|distance| target + distance);
        let exists = (1..=length).contains(&target);
        return exists && near.into_iter().find(|day| date.is_working_day(*day)) == Some(date.day);
    }
    if item.starts_with('L') { target(item) == date.day } else { matches(item, date.day, 31, &[]) }
}

fn day_of_week(item: &str, date: Date) -> bool {
    if let Some(weekday) = item.strip_suffix('L') {
        return number(weekday, &WEEK) % 7 == date.weekday && date.day > date.month_length() - 7;
    }
    if let Some((weekday, nth)) = item.split_once('#') {
        let nth: i8 = nth.parse().unwrap();
        return number(weekday, &WEEK) % 7 == date.weekday && (date.day - 1) / 7 + 1 == nth;
    }
    // Sunday is before Monday and after Saturday; a range that ends before it begins goes on in the next week.
    let wraps = item.split('/').next().and_then(|range| range.split_once('-'));
    if let Some((low, high)) = wraps.map(|(low, high)| (number(low, &WEEK), number(high, &WEEK)))
        && low > high
    {
        let step = item.split_once('/').map_or(1, |(_, step)| step.parse().unwrap());
        return (low..=high + 7).step_by(step).any(|day| day % 7 == date.weekday);
    }
    let sunday_again = date.weekday == 0 && !item.contains(['*', '?']) && matches(item, 7, 6, &WEEK);
    sunday_again || matches(item, date.weekday, 6, &WEEK)
}
