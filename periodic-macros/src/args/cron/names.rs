//! The names of the fields.

use proc_macro2::Ident;

use crate::suggest::advice;

/// The names in the order of an expression, from fine to coarse.
pub(super) const NAMES: [&str; 6] = ["second", "minute", "hour", "day", "month", "weekday"];

pub(super) const SECOND: usize = 0;
pub(super) const DAY: usize = 3;
pub(super) const WEEKDAY: usize = 5;

const SYNONYMS: &[(&str, &str)] = &[
    ("s", "second"),
    ("sec", "second"),
    ("secs", "second"),
    ("m", "minute"),
    ("min", "minute"),
    ("mins", "minute"),
    ("h", "hour"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("at", "hour"),
    ("date", "day"),
    ("day_of_month", "day"),
    ("dom", "day"),
    ("mday", "day"),
    ("monthday", "day"),
    ("mon", "month"),
    ("day_of_week", "weekday"),
    ("dow", "weekday"),
    ("wday", "weekday"),
    ("week", "weekday"),
    ("week_day", "weekday"),
];

/// Returns the position of a field in [`NAMES`].
pub(super) fn position(key: &Ident) -> syn::Result<usize> {
    let word = key.to_string();
    if let Some(position) = NAMES.iter().position(|name| *name == word) {
        return Ok(position);
    }
    let problem = match word.as_str() {
        "year" | "years" => "there is no field for years: a schedule has no end".into(),
        "tz" | "timezone" | "zone" => {
            "`tz` stands beside `cron(..)`, as in `cron(hour = 9), tz = \"Europe/Berlin\"`".into()
        }
        "dst" => "`dst` stands beside `cron(..)`, as in `cron(hour = 2), dst = (gap = skip)`".into(),
        _ => format!("`cron` has no field `{word}`; {}", advice(&word, &NAMES, SYNONYMS)),
    };
    Err(syn::Error::new(key.span(), problem))
}
