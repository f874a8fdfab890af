use crate::{CronError, Pattern};

/// A cron expression that has been read. Each `H` in it is still open.
///
/// Plain data that constants can hold, so an expression can be checked by the compiler and stand in a `static`.
/// The syntax is in the [crate's documentation](crate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {}

impl Cron {
    /// Reads an expression: five fields, six with the seconds first, or a name such as `@daily`.
    ///
    /// # Errors
    /// When the text is not an expression, or when it never fires whatever its `H` become. The error tells which
    /// bytes are meant.
    pub const fn parse(text: &str) -> Result<Self, CronError> {
        let _ = text;
        todo!()
    }

    /// Whether some field contains `H`.
    pub const fn has_hash(&self) -> bool {
        todo!()
    }

    /// Whether the hour is left open: its field begins with `*`, or with an `H` that has a step, such as `H/4`.
    ///
    /// Where clocks are set back, such an expression runs through both hours; one with fixed hours does so only if
    /// it is asked to.
    pub const fn hour_is_wildcard(&self) -> bool {
        todo!()
    }

    /// The expression with a value in the place of each `H`.
    ///
    /// The values follow from `seed`, the field and the expression alone: the same in every process and every
    /// release. A pattern always fires: values with which it never would are not drawn.
    pub const fn resolve(self, seed: u64) -> Pattern {
        let _ = seed;
        todo!()
    }
}
