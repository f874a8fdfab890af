use core::fmt;

use periodic_cron::CronError;

/// A schedule on the wall clock: a cron expression, the zone whose clocks it means, and what becomes of slots where
/// those clocks are set.
///
/// Plain data; the zone is looked up when a table is made.
///
/// # Examples
/// ```
/// use periodic_core::task::{Cron, Dst, Gap, TaskSpec};
///
/// const NIGHTLY: Cron = match Cron::parse("30 2 * * *") {
///     Ok(cron) => cron.tz("Europe/Berlin").dst(Dst::new().gap(Gap::Skip)),
///     Err(_) => panic!("not an expression"),
/// };
/// const BACKUP: TaskSpec = TaskSpec::new("backup").cron(NIGHTLY);
/// assert_eq!(BACKUP.schedule.to_string(), "cron `30 2 * * *` Europe/Berlin");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    /// Read once to check it, and again where its slots are needed: a reference is a tenth of what is read.
    text: &'static str,
    zone: &'static str,
    dst: Dst,
}

impl Cron {
    /// Reads an expression: five fields, six with the seconds first, or a name such as `@daily`; in UTC.
    ///
    /// # Errors
    /// When the text is not an expression, or one that never fires. The error tells which bytes are meant.
    pub const fn parse(text: &'static str) -> Result<Self, CronError> {
        match periodic_cron::Cron::parse(text) {
            Ok(_) => Ok(Self { text, zone: "UTC", dst: Dst::new() }),
            Err(error) => Err(error),
        }
    }

    /// Means the clocks of a zone, by its name in the IANA database: `Europe/Berlin`.
    pub const fn tz(mut self, zone: &'static str) -> Self {
        self.zone = zone;
        self
    }

    /// States the rules for where the zone's clocks are set.
    pub const fn dst(mut self, dst: Dst) -> Self {
        self.dst = dst;
        self
    }

    /// The expression as it was written.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// What the text says.
    pub(crate) fn expression(&self) -> periodic_cron::Cron {
        match periodic_cron::Cron::parse(self.text) {
            Ok(expression) => expression,
            Err(_) => unreachable!("a text that cannot be read makes no value of this type"),
        }
    }

    /// The zone's name.
    pub const fn zone(&self) -> &'static str {
        self.zone
    }

    /// The rules for where the zone's clocks are set.
    pub const fn rules(&self) -> Dst {
        self.dst
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cron `{}` {}", self.text, self.zone)
    }
}

/// What becomes of slots where a zone's clocks are set, as for daylight-saving time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Dst {
    /// The rule for readings that the clocks leave out.
    pub gap: Gap,
    /// The rule for readings that the clocks show twice.
    pub overlap: Repeated,
}

impl Dst {
    /// The rules where none is stated: one slot for a gap, one for a reading that is shown twice.
    pub const fn new() -> Self {
        Self { gap: Gap::First, overlap: Repeated::Once }
    }

    /// States the rule for readings that the clocks leave out.
    pub const fn gap(mut self, gap: Gap) -> Self {
        self.gap = gap;
        self
    }

    /// States the rule for readings that the clocks show twice.
    pub const fn overlap(mut self, overlap: Repeated) -> Self {
        self.overlap = overlap;
        self
    }
}

/// What becomes of readings that a zone's clocks leave out because they are set forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Gap {
    /// One slot at the first instant after the gap, however many readings fall into it.
    #[default]
    First,
    /// None.
    Skip,
}

/// What becomes of readings that a zone's clocks show twice because they are set back.
///
/// An expression whose hours are open, as in `*/15 * * * *`, runs through both hours whatever is said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Repeated {
    /// A slot the first time only.
    #[default]
    Once,
    /// A slot both times.
    Twice,
}
