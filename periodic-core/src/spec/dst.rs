use core::fmt;
use core::str::FromStr;

use periodic_text::{nearest, no_choice, quoted};

use super::PolicyError;

/// The rules for slots when a zone's clocks change, as for daylight-saving time. They apply to fixed hours.
///
/// The clocks change from 02:00 to 03:00 in spring, and from 03:00 back to 02:00 in autumn:
///
/// | hours | example | spring | autumn |
/// | --- | --- | --- | --- |
/// | fixed | `30 2 * * *` | [`DstGap::First`]: at 03:00; [`DstGap::Skip`]: none | [`DstRepeat::Once`]: the first 02:30; [`DstRepeat::Twice`]: both |
/// | fixed | `5,35 2 * * *` | `First`: once, at 03:00; `Skip`: none | `Once`: two slots; `Twice`: four |
/// | fixed, beside the change | `30 3 * * *` | at 03:30 | at 03:30 |
/// | open | `30 * * * *` | at 01:30 and 03:30 | at both 02:30 |
/// | open | `0 */2 * * *` | at 00:00 and 04:00 | at both 02:00 |
///
/// The slots of `30 2 * * *` in Berlin:
#[doc = include_str!("../../docs/dst.md")]
///
/// Hours are open if their field begins with `*`, is `H` with a step (`H/4`), or holds all 24 hours in any spelling
/// (`0/1`, `0-23`, `0-11,12-23`). They name no time of day, so a gap takes nothing from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
// Exhaustive, because users and the attribute make it: clocks change in two ways.
pub struct Dst {
    /// The rule for readings that the clocks leave out.
    pub gap: DstGap,
    /// The rule for readings that the clocks show twice.
    pub overlap: DstRepeat,
}

impl Dst {
    /// Returns the default rules: one slot for a gap, and one for a reading that is shown twice.
    pub const fn new() -> Self {
        Self { gap: DstGap::First, overlap: DstRepeat::Once }
    }

    /// Sets the rule for readings that the clocks leave out.
    #[must_use]
    pub const fn gap(mut self, gap: DstGap) -> Self {
        self.gap = gap;
        self
    }

    /// Sets the rule for readings that the clocks show twice.
    #[must_use]
    pub const fn overlap(mut self, overlap: DstRepeat) -> Self {
        self.overlap = overlap;
        self
    }
}

/// The rule for readings that a zone's clocks leave out because they are set forward.
///
/// Open hours, as in `45 * * * *`, have no slot for a gap under either rule: see [`Dst`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum DstGap {
    /// One slot at the first instant after the gap, for any number of readings in it.
    #[default]
    First,
    /// No slot.
    Skip,
}

impl DstGap {
    const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Skip => "skip",
        }
    }
}

/// The rule for readings that a zone's clocks show twice because they are set back.
///
/// Open hours, as in `45 * * * *`, run through both hours under either rule: see [`Dst`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum DstRepeat {
    /// A slot only the first time.
    #[default]
    Once,
    /// A slot both times.
    Twice,
}

impl DstRepeat {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Twice => "twice",
        }
    }
}

/// The syntax of settings: `gap = first, overlap = once`.
impl fmt::Display for Dst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gap = {}, overlap = {}", self.gap.as_str(), self.overlap.as_str())
    }
}

/// Reads `gap = skip, overlap = twice`: one part or both, each at most once. A missing part has its default. Reports
/// all mistakes at once.
impl FromStr for Dst {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        let (mut gap, mut overlap) = (None, None);
        let mut mistakes = Vec::new();
        // Only two parts are valid, so more of them hold a mistake. The first eight are enough to report.
        for part in text.split(',').take(8) {
            let (name, value) = part.split_once('=').map_or((part.trim(), ""), |(n, v)| (n.trim(), v.trim()));
            let read = match name {
                "gap" => choice(name, value, [DstGap::First, DstGap::Skip], DstGap::as_str)
                    .map(|rule| gap.replace(rule).is_none()),
                "overlap" => choice(name, value, [DstRepeat::Once, DstRepeat::Twice], DstRepeat::as_str)
                    .map(|rule| overlap.replace(rule).is_none()),
                _ => Err(unknown(name)),
            };
            match read {
                Ok(true) => {}
                Ok(false) => mistakes.push(format!("`{name}` is given twice")),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        // Two parts may hold the same mistake.
        mistakes.dedup();
        if !mistakes.is_empty() {
            return Err(PolicyError::all(&mistakes));
        }
        Ok(Self { gap: gap.unwrap_or_default(), overlap: overlap.unwrap_or_default() })
    }
}

fn choice<T: Copy>(
    name: &str,
    value: &str,
    rules: [T; 2],
    written: fn(T) -> &'static str,
) -> Result<T, String> {
    rules.into_iter().find(|rule| written(*rule) == value).ok_or_else(|| {
        let words = rules.map(written);
        if value.is_empty() {
            return format!("`{name}` needs a value: write `{name} = {}`", words[1]);
        }
        no_choice(value, &words)
    })
}

/// Returns the error for a rule of another name.
fn unknown(name: &str) -> String {
    match nearest(name, ["gap", "overlap"], |known| [known]) {
        Some(near) => format!("`dst` has no argument `{}`; did you mean `{near}`?", quoted(name)),
        None => "expected the rules `gap` (first or skip) and `overlap` (once or twice), as in \
                 `gap = skip, overlap = twice`"
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for gap in [DstGap::First, DstGap::Skip] {
            for overlap in [DstRepeat::Once, DstRepeat::Twice] {
                let dst = Dst { gap, overlap };
                assert_eq!(dst.to_string().parse(), Ok(dst));
            }
        }
        assert_eq!("overlap=twice".parse(), Ok(Dst::new().overlap(DstRepeat::Twice)));
    }

    #[test]
    fn mistakes_say_what_to_write() {
        let error = |text: &str| text.parse::<Dst>().unwrap_err().to_string();
        assert_eq!(error("gap = skp"), "`skp` is not one of the choices; did you mean `skip`?");
        assert_eq!(error("gap"), "`gap` needs a value: write `gap = skip`");
        assert_eq!(error("gap = skip, gap = skip"), "`gap` is given twice");
        assert_eq!(error("gaps = skip"), "`dst` has no argument `gaps`; did you mean `gap`?");
        assert_eq!(
            error("gap = skp, overlap = twce"),
            "`skp` is not one of the choices; did you mean `skip`?; `twce` is not one of the choices; did you mean \
             `twice`?"
        );
        assert_eq!(error(&"gap = skip,".repeat(1_000_000)), "`gap` is given twice", "it is bounded");
        let long = (0..1_000_000).map(|number| format!("gap = {number}")).collect::<Vec<_>>().join(",");
        assert_eq!(error(&long).matches("is not one of").count(), 8, "it is bounded");
        for text in ["", "skip", "gap = skip,"] {
            assert!(error(text).starts_with("expected the rules `gap`"), "{text}");
        }
    }
}
