use crate::Civil;

/// The readings of the clock at which an expression fires.
///
/// Made by [`Cron::resolve`](crate::Cron::resolve). A pattern knows no zone: what becomes of a reading that a zone
/// leaves out or shows twice is for the caller to say.
///
/// Each method takes any [`Civil`] and never panics; a reading that no calendar has, such as the 40th of a month,
/// is not matched, and searches from it have no useful answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {}

impl Pattern {
    /// Whether the expression fires at `civil`.
    pub fn matches(&self, civil: Civil) -> bool {
        let _ = civil;
        todo!()
    }

    /// The first match after `civil`, or `None` if there is none before the end of the year 9999.
    pub fn next_after(&self, civil: Civil) -> Option<Civil> {
        let _ = civil;
        todo!()
    }

    /// The last match before `civil`, or `None` if there is none since the beginning of the year -9999.
    pub fn prev_before(&self, civil: Civil) -> Option<Civil> {
        let _ = civil;
        todo!()
    }

    /// How many matches lie at or after `from` and before `until`; 0 where `until` is not after `from`.
    ///
    /// Takes time for each month between the two, not for each match.
    pub fn count_between(&self, from: Civil, until: Civil) -> u64 {
        let _ = (from, until);
        todo!()
    }
}
