use periodic_cron::zones;

/// What others take for names; each with a place that uses it. The abbreviations that the database has are zones.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("AEDT", "Australia/Sydney"),
    ("AEST", "Australia/Sydney"),
    ("BST", "Europe/London"),
    ("CDT", "America/Chicago"),
    ("CEST", "Europe/Berlin"),
    ("CST", "America/Chicago"),
    ("EDT", "America/New_York"),
    ("EEST", "Europe/Athens"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("MDT", "America/Denver"),
    ("MSK", "Europe/Moscow"),
    ("NZDT", "Pacific/Auckland"),
    ("NZST", "Pacific/Auckland"),
    ("PDT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("SGT", "Asia/Singapore"),
    ("WEST", "Europe/Lisbon"),
];

/// What is wrong with the name of a zone.
pub(super) fn problem(name: &str) -> Option<String> {
    if zones::is_known(name) {
        return None;
    }
    let upper = name.to_ascii_uppercase();
    if let Ok(index) = ABBREVIATIONS.binary_search_by_key(&upper.as_str(), |(short, _)| short) {
        let place = ABBREVIATIONS[index].1;
        return Some(format!(
            "`{name}` is an abbreviation that the IANA database does not have: write region and city, as in \
             `{place}`"
        ));
    }
    if name.is_empty() {
        return Some(
            "this time zone is empty: write region and city, as in `Europe/Berlin`, or `UTC`".into(),
        );
    }
    let is_offset =
        |text: &str| text.starts_with(['+', '-']) || text.starts_with(|first: char| first.is_ascii_digit());
    if is_offset(upper.trim_start_matches("UTC").trim_start_matches("GMT")) && !upper.contains('/') {
        return Some(format!(
            "`{name}` is an offset, which places change with the season: write region and city, as in \
             `Europe/Berlin`, or `UTC`"
        ));
    }
    let advice = match near(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write region and city as in the IANA database, for example `Europe/Berlin`, or `UTC`".into(),
    };
    Some(format!("there is no time zone `{name}`; {advice}"))
}

/// The zone that is spelled almost so, or whose city is.
fn near(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace([' ', '-'], "_");
    let (word, all) = (plain(name), || zones::all().iter().copied());
    all()
        .find(|zone| plain(zone) == word)
        .or_else(|| all().find(|zone| plain(city(zone)) == word))
        .or_else(|| periodic_text::nearest(name, all(), |zone| [zone]))
        .or_else(|| periodic_text::nearest(name, all(), |zone| [city(zone)]))
}

fn city(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted_and_lead_to_zones() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(ABBREVIATIONS.iter().all(|(_, place)| problem(place).is_none()));
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
            ("Berlin", "Europe/Berlin"),
            ("new york", "America/New_York"),
            ("LOS ANGELES", "America/Los_Angeles"),
            ("America/New York", "America/New_York"),
            ("Lodnon", "Europe/London"),
        ] {
            let said = problem(name).unwrap();
            assert!(said.contains(&format!("did you mean `{meant}`?")), "{said}");
        }
    }

    #[test]
    fn what_is_no_name_is_told() {
        let said = |name, expected: &str| {
            let problem = problem(name).unwrap();
            assert!(problem.contains(expected), "{problem}");
        };
        said("PST", "as in `America/Los_Angeles`");
        said("est", "did you mean `EST`?");
        said("cest", "as in `Europe/Berlin`");
        said("+02:00", "is an offset");
        said("UTC+2", "is an offset");
        said("GMT-5", "is an offset");
        said("", "is empty");
        said("Middle-earth/Shire", "write region and city");
    }
}
