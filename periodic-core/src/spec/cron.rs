use core::fmt;
use core::str::FromStr;

use periodic_cron::CronError;

use super::{Dst, interned};

/// A schedule on the wall clock: a cron expression, its zone, and the rules for changes of the zone's clocks.
///
/// Plain data; the zone is looked up when a table is built.
///
/// # Examples
/// ```
/// use periodic_core::task::{Cron, Dst, DstGap, TaskSpec};
///
/// const NIGHTLY: Cron = match Cron::parse("30 2 * * *") {
///     Ok(cron) => cron.tz("Europe/Berlin").dst(Dst::new().gap(DstGap::Skip)),
///     Err(_) => panic!("not an expression"),
/// };
/// const BACKUP: TaskSpec = TaskSpec::new("backup").cron(NIGHTLY);
/// assert_eq!(BACKUP.schedule.to_string(), "cron `30 2 * * *` Europe/Berlin");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    expression: Expression,
    zone: &'static str,
    dst: Dst,
}

impl Cron {
    /// Reads an expression: five fields, six with the seconds first, or a name such as `@daily`; in UTC.
    ///
    /// # Errors
    /// When the text is not an expression, or never fires. The error names the wrong bytes.
    pub const fn parse(text: &'static str) -> Result<Self, CronError> {
        match Expression::parse(text) {
            Ok(expression) => Ok(Self::of(expression)),
            Err(error) => Err(error),
        }
    }

    /// Creates the schedule of an expression, in UTC.
    pub const fn of(expression: Expression) -> Self {
        Self { expression, zone: "UTC", dst: Dst::new() }
    }

    /// Sets another expression.
    #[must_use]
    pub const fn with(mut self, expression: Expression) -> Self {
        self.expression = expression;
        self
    }

    /// Sets the zone, by its name in the IANA database: `Europe/Berlin`.
    #[must_use]
    pub const fn tz(mut self, zone: &'static str) -> Self {
        self.zone = zone;
        self
    }

    /// Sets the rules for changes of the zone's clocks.
    #[must_use]
    pub const fn dst(mut self, dst: Dst) -> Self {
        self.dst = dst;
        self
    }

    /// Returns the text of the expression.
    pub const fn text(&self) -> &'static str {
        self.expression.as_str()
    }

    /// Returns the expression.
    pub const fn expression(&self) -> Expression {
        self.expression
    }

    /// Returns the zone's name.
    pub const fn zone(&self) -> &'static str {
        self.zone
    }

    /// Returns the rules for changes of the zone's clocks.
    pub const fn rules(&self) -> Dst {
        self.dst
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cron `{}` {}", self.text(), self.zone)
    }
}

/// The text of a checked cron expression.
///
/// It is parsed for the check, and again when its slots are needed: the reference takes a tenth of the parsed form's
/// size.
///
/// `FromStr` also takes texts that are not part of the program. It keeps each distinct text for the rest of the
/// process.
///
/// # Examples
/// ```
/// use periodic_core::task::Expression;
///
/// let expression: Expression = "0 3 * * *".parse()?;
/// assert_eq!(expression.as_str(), "0 3 * * *");
/// # Ok::<(), periodic_core::task::CronError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Expression(&'static str);

impl Expression {
    /// Reads an expression: see [`Cron::parse`].
    ///
    /// # Errors
    /// When the text is not an expression, or never fires. The error names the wrong bytes.
    pub const fn parse(text: &'static str) -> Result<Self, CronError> {
        match periodic_cron::Cron::parse(text) {
            Ok(_) => Ok(Self(text)),
            Err(error) => Err(error),
        }
    }

    /// Returns the text of the expression.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns the parsed expression.
    pub(crate) fn read(self) -> periodic_cron::Cron {
        match periodic_cron::Cron::parse(self.0) {
            Ok(expression) => expression,
            Err(_) => unreachable!("a text that cannot be read makes no value of this type"),
        }
    }
}

impl FromStr for Expression {
    type Err = CronError;

    fn from_str(text: &str) -> Result<Self, CronError> {
        // Only a text that can be parsed is kept.
        periodic_cron::Cron::parse(text).map(|_| Self(interned(text)))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
