use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt::{self, Write};

use periodic_text::{LookAlike, first_look_alike, look_alike};

use super::abbreviations::place_of;
use super::{all, is_known};

/// A mistake in the name of a zone, and the name to write instead.
///
/// The text is built when it is displayed, because a search over all names takes time. A caller may hold a lock when it
/// finds the mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneProblem {
    name: String,
}

/// Returns the mistake in `name`, unless it [is known](is_known).
///
/// The attribute, settings and code call this function, so they refuse the same names with the same message.
///
/// # Examples
/// ```
/// use periodic_cron::zones;
///
/// assert_eq!(zones::problem("Europe/Berlin"), None);
///
/// let problem = zones::problem("Europe/Belrin").unwrap();
/// assert_eq!(problem.near(), Some("Europe/Berlin"));
/// assert_eq!(problem.to_string(), "there is no time zone `Europe/Belrin`; did you mean `Europe/Berlin`?");
/// ```
pub fn problem(name: &str) -> Option<ZoneProblem> {
    (!is_known(name)).then(|| ZoneProblem { name: name.to_owned() })
}

impl ZoneProblem {
    /// Returns the unknown name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the zone that was probably meant, if there is one.
    pub fn near(&self) -> Option<&'static str> {
        self.kind().near()
    }

    fn kind(&self) -> Kind {
        if self.name.len() > LONGEST_MEANT {
            return Kind::Unknown { near: None };
        }
        let meant = meant(&self.name);
        let upper = meant.to_ascii_uppercase();
        if let Some(place) = place_of(&upper) {
            Kind::Abbreviation { place }
        } else if meant.is_empty() {
            Kind::Empty
        } else if is_offset(&upper) {
            Kind::Offset
        } else if let Some((found, _)) = first_look_alike(&self.name) {
            Kind::LookAlike { found, near: near(&meant) }
        } else {
            Kind::Unknown { near: near(&meant) }
        }
    }
}

/// The longest name that can be near to one of the database's, in bytes.
const LONGEST_MEANT: usize = 64;

enum Kind {
    Abbreviation { place: &'static str },
    Empty,
    Offset,
    LookAlike { found: LookAlike, near: Option<&'static str> },
    Unknown { near: Option<&'static str> },
}

impl Kind {
    fn near(&self) -> Option<&'static str> {
        match *self {
            Self::Abbreviation { place } => Some(place),
            Self::Empty | Self::Offset => None,
            Self::LookAlike { near, .. } | Self::Unknown { near } => near,
        }
    }
}

impl fmt::Display for ZoneProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Shown(&self.name);
        match self.kind() {
            Kind::Abbreviation { place } => write!(
                f,
                "{name} is an abbreviation that the IANA database does not have: write region and city, as in `{place}`"
            ),
            Kind::Empty => {
                f.write_str("this time zone is empty: write region and city, as in `Europe/Berlin`, or `UTC`")
            }
            Kind::Offset => write!(
                f,
                "{name} is an offset, and places change theirs with the season: write region and city, as in \
                 `Europe/Berlin`, or `UTC`"
            ),
            Kind::LookAlike { found, near } => {
                write!(f, "there is no time zone {name}, which contains {found}; ")?;
                advise(f, near)
            }
            Kind::Unknown { near } => {
                write!(f, "there is no time zone {name}; ")?;
                advise(f, near)
            }
        }
    }
}

impl core::error::Error for ZoneProblem {}

fn advise(f: &mut fmt::Formatter<'_>, near: Option<&str>) -> fmt::Result {
    match near {
        Some(near) => write!(f, "did you mean `{near}`?"),
        None => f.write_str(
            "write region and city as in the IANA database, for example `Europe/Berlin`, or `UTC`",
        ),
    }
}

/// Returns the name without outer space, and with each look-alike replaced by the character that it looks like.
fn meant(name: &str) -> String {
    let meant = name.chars().filter_map(|letter| match look_alike(letter) {
        None => Some(letter),
        Some(found) => found.instead().character(),
    });
    meant.collect::<String>().trim().to_owned()
}

/// Whether it is an offset: `+2`, `UTC+02:00`, `CET+1`, and those of `Etc` that the database does not have. No name is
/// near to them, because people and the database disagree about their signs.
fn is_offset(upper: &str) -> bool {
    let from = upper.trim_start_matches("ETC/");
    let rest = from.trim_start_matches("UTC").trim_start_matches("GMT");
    let begins_with_digit = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let after_letters = from.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    after_letters.strip_prefix(['+', '-']).is_some_and(begins_with_digit)
        || rest.starts_with(['+', '-'])
        || begins_with_digit(rest)
}

/// Returns the zone with nearly this spelling, or with nearly this city.
fn near(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace([' ', '-'], "_");
    let (word, all) = (plain(name), || all().iter().copied());
    if word == "z" {
        return Some("UTC");
    }
    // Two abbreviations that differ in one letter are as different as any two zones.
    let spelled = || all().filter(|zone| !is_abbreviation(zone));
    all()
        .find(|zone| plain(zone) == word)
        .or_else(|| all().find(|zone| plain(city(zone)) == word))
        .or_else(|| periodic_text::nearest(name, spelled(), |zone| [zone]))
        .or_else(|| periodic_text::nearest(name, spelled(), |zone| [city(zone)]))
}

/// Whether a zone is an abbreviation: `EST`, `PRC`, `GB`.
fn is_abbreviation(zone: &str) -> bool {
    zone.len() <= 4 && zone.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn city(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

/// A name in printable form: cut, and without control characters and invisible characters.
struct Shown<'n>(&'n str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('`')?;
        for letter in self.0.chars().take(LONGEST_MEANT) {
            let is_hidden = letter.is_control() || (letter != ' ' && letter.is_whitespace());
            if is_hidden || look_alike(letter).is_some_and(|found| !found.is_visible()) {
                write!(f, "{}", letter.escape_unicode())?;
            } else {
                f.write_char(letter)?;
            }
        }
        f.write_str(if self.0.chars().nth(LONGEST_MEANT).is_some() { "…`" } else { "`" })
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    fn said(name: &str) -> String {
        problem(name).unwrap().to_string()
    }

    #[test]
    fn zones_are_known() {
        for name in ["UTC", "GMT", "Europe/Berlin", "US/Pacific", "Etc/GMT+5", "EST5EDT", "EST", "CET"] {
            assert_eq!(problem(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_near_is_named() {
        for (name, meant) in [
            ("Europe/Belrin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("utc", "UTC"),
            ("est", "EST"),
            ("Berlin", "Europe/Berlin"),
            ("new york", "America/New_York"),
            ("LOS ANGELES", "America/Los_Angeles"),
            ("America/New York", "America/New_York"),
            ("Lodnon", "Europe/London"),
            (" Europe/Berlin\n", "Europe/Berlin"),
        ] {
            assert_eq!(problem(name).unwrap().near(), Some(meant), "{name}");
            assert!(said(name).contains(&format!("did you mean `{meant}`?")), "{}", said(name));
        }
    }

    #[test]
    fn abbreviations_lead_to_a_place() {
        for (name, place) in [
            ("PST", "America/Los_Angeles"),
            ("pdt", "America/Los_Angeles"),
            ("cest", "Europe/Berlin"),
            ("AST", "America/Halifax"),
            ("JST ", "Asia/Tokyo"),
        ] {
            assert!(said(name).contains(&format!("as in `{place}`")), "{}", said(name));
        }
    }

    #[test]
    fn an_abbreviation_is_never_near_to_another() {
        let letters = || 'A'..='Z';
        let all = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        // Only some of them, because each is compared with every zone.
        for name in
            all.step_by(131).map(String::from_iter).chain(["UYT", "CLST", "GST", "pet"].map(String::from))
        {
            let near = problem(&name).and_then(|problem| problem.near());
            assert!(near.is_none_or(|near| near.contains('/')), "{name}: {near:?}");
        }
        assert_eq!(problem("Z").unwrap().near(), Some("UTC"));
    }

    #[test]
    fn offsets_are_no_names() {
        for name in [
            "+02:00",
            "UTC+2",
            "GMT-5",
            "-3",
            "02:00",
            "Etc/UTC+2",
            "Etc/GMT+20",
            "etc/gmt-15",
            "UTC−2",
            "CET+1",
            "est-5",
        ] {
            assert!(said(name).contains("is an offset"), "{}", said(name));
        }
    }

    #[test]
    fn what_only_looks_right_is_named() {
        assert_eq!(
            said("Europe/Berlin\u{a0}"),
            "there is no time zone `Europe/Berlin\\u{a0}`, which contains U+00A0, a no-break space; did you mean \
             `Europe/Berlin`?"
        );
        assert_eq!(
            said("\u{feff}UTC"),
            "there is no time zone `\\u{feff}UTC`, which contains U+FEFF, a byte order mark; did you mean `UTC`?"
        );
        assert_eq!(
            said("Europe\u{2215}Berlin"),
            "there is no time zone `Europe∕Berlin`, which contains `∕`, U+2215, another slash; did you mean \
             `Europe/Berlin`?"
        );
        assert!(said("\"Asia/Tokyo\"").contains("a quotation mark; did you mean `Asia/Tokyo`?"));
        assert!(said("America/New\u{a0}York").contains("did you mean `America/New_York`?"));
    }

    #[test]
    fn what_is_no_name_is_told() {
        for name in ["", " ", "\u{a0}", "\u{200b}"] {
            assert!(said(name).contains("is empty"), "{}", said(name));
        }
        assert!(said("Middle-earth/Shire").contains("write region and city"));
        for name in
            ["../../etc/passwd", "Europe", "Europe/Berlin\0", "localtime", "posixrules", "Etc/Unknown"]
        {
            assert!(problem(name).is_some(), "{name}");
        }
    }

    #[test]
    fn long_and_unprintable_names_are_shown_in_short() {
        assert!(said("a\u{1b}[31m").contains("`a\\u{1b}[31m`"), "{}", said("a\u{1b}[31m"));
        let long = "Europe/".repeat(1_000_000);
        assert_eq!(problem(&long).unwrap().near(), None);
        assert!(said(&long).len() < 250 && said(&long).contains('…'), "{}", said(&long));
        let exactly = "x".repeat(LONGEST_MEANT);
        assert!(said(&exactly).contains(&format!("`{exactly}`")));
    }
}
