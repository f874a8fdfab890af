//! Expressions drawn at random, and their meaning, without a parser: the text and the values are drawn together.

use jiff::civil::DateTime;
use periodic::schedule::Calendar;
use periodic::task::{Cron, CronErrorKind};

/// Numbers from a seed, the same in every run (`SplitMix64`).
pub(super) struct Draw(pub(super) u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of `from..=to`.
    pub(super) fn number(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.next() % (to - from + 1).unsigned_abs()).unwrap()
    }

    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.number(1, 100) <= percent
    }

    pub(super) fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[usize::try_from(self.next() % items.len() as u64).unwrap()]
    }
}

const ALL_HOURS: u64 = (1 << 24) - 1;

/// One field: its text, and which values it has.
struct Field {
    text: String,
    values: u64,
}

impl Field {
    /// A field of `from..=to` that is `*` in this share of all cases, in percent, and may have steps.
    fn any(draw: &mut Draw, (from, to): (i64, i64), star: i64, steps: bool) -> Self {
        let of = |values: &mut dyn Iterator<Item = i64>| values.fold(0, |all, value| all | 1 << value);
        if draw.chance(star) {
            let step = if steps && draw.chance(40) { draw.number(2, (to - from) / 2) } else { 1 };
            let text = if step == 1 { "*".to_owned() } else { format!("*/{step}") };
            return Self { text, values: of(&mut (from..=to).step_by(usize::try_from(step).unwrap())) };
        }
        match draw.number(0, 3) {
            0 => {
                let (first, last) = (draw.number(from, to - 1), draw.number(from, to));
                let last = if last > first { last } else { to };
                Self { text: format!("{first}-{last}"), values: of(&mut (first..=last)) }
            }
            1 => {
                let (one, other) = (draw.number(from, to), draw.number(from, to));
                let text = if one == other { one.to_string() } else { format!("{one},{other}") };
                Self { text, values: of(&mut [one, other].into_iter()) }
            }
            _ => {
                let value = draw.number(from, to);
                Self { text: value.to_string(), values: 1 << value }
            }
        }
    }

    /// The hours, which are written without a star now and then where they are all.
    fn any_hours(draw: &mut Draw) -> Self {
        let hours = Self::any(draw, (0, 23), 40, true);
        if hours.values == ALL_HOURS {
            let text = (*draw.of(&["*", "*", "0-23", "0-11,12-23", "8-23,0-7"])).to_owned();
            return Self { text, ..hours };
        }
        hours
    }

    fn has(&self, value: i8) -> bool {
        self.values >> value & 1 == 1
    }

    fn is_open(&self) -> bool {
        self.text.starts_with('*')
    }
}

/// An expression of five fields.
pub(super) struct Expression {
    fields: [Field; 5],
    pub(super) text: &'static str,
}

impl Expression {
    pub(super) fn any(draw: &mut Draw) -> Self {
        loop {
            let expression = Self::any_at_all(draw);
            match Cron::parse(expression.text) {
                Ok(_) => return expression,
                Err(error) => {
                    assert_eq!(error.kind(), CronErrorKind::NeverFires, "{}: {error}", expression.text);
                }
            }
        }
    }

    fn any_at_all(draw: &mut Draw) -> Self {
        let fields = [
            Field::any(draw, (0, 59), 40, true),
            Field::any_hours(draw),
            Field::any(draw, (1, 31), 75, false),
            Field::any(draw, (1, 12), 80, false),
            Field::any(draw, (0, 6), 75, false),
        ];
        let [minute, hour, day, month, weekday] = fields.each_ref().map(|field| &field.text);
        let text = format!("{minute} {hour} {day} {month} {weekday}").leak();
        Self { fields, text }
    }

    pub(super) fn matches(&self, at: DateTime) -> bool {
        let [minute, hour, ..] = &self.fields;
        at.second() == 0 && minute.has(at.minute()) && hour.has(at.hour()) && self.has_day(at)
    }

    pub(super) fn has_day(&self, at: DateTime) -> bool {
        let [_, _, day, month, weekday] = &self.fields;
        let (by_day, by_weekday) = (day.has(at.day()), weekday.has(at.weekday().to_sunday_zero_offset()));
        let either = !day.is_open() && !weekday.is_open();
        month.has(at.month()) && if either { by_day || by_weekday } else { by_day && by_weekday }
    }

    /// Whether its minute and its hour are one number each.
    pub(super) fn has_one_time(&self) -> bool {
        self.fields[..2].iter().all(|field| field.text.parse::<u8>().is_ok())
    }

    pub(super) fn has_open_hours(&self) -> bool {
        let hours = &self.fields[1];
        hours.is_open() || hours.values == ALL_HOURS
    }
}

/// Every zone of the database, without its other files and those that are newer than the list of names.
pub(super) fn zones() -> Vec<&'static str> {
    let daily = Cron::parse("@daily").unwrap();
    let mut zones: Vec<&'static str> =
        jiff::tz::db().available().map(|name| &*name.to_string().leak()).collect();
    zones.retain(|zone| Calendar::new(&daily.tz(zone), 0).is_ok());
    zones.sort_unstable();
    zones
}

/// A second of the years 1970 to 2100, mostly a few hours before a change of the zone's clocks.
pub(super) fn any_second(draw: &mut Draw, zone: &jiff::tz::TimeZone) -> i64 {
    let at = draw.number(0, 4_102_444_800);
    let change = zone.following(jiff::Timestamp::from_second(at).unwrap()).next();
    match change {
        Some(change) if draw.chance(80) => {
            change.timestamp().as_second() - (draw.number(0, 100_000) >> draw.number(0, 6))
        }
        _ => at,
    }
}
