//! The common part of the engines that keep members as rows of a table.

mod ages;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use periodic_core::time::{Instant, Timestamp};

use self::ages::Ages;
use crate::Member;
use crate::unreadable::{Skipped, Unreadable};

/// All rows of one reading.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The store's clock at that time; `None` if there is no row.
    pub(crate) wall: Option<Timestamp>,
    pub(crate) members: Vec<Member>,
    pub(crate) skipped: Vec<Skipped>,
}

/// The state that a driver keeps between readings. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readings(Arc<Memory>);

#[derive(Debug, Default)]
struct Memory {
    ages: Ages,
    unreadable: Unreadable,
}

impl Readings {
    /// Called before the store is read.
    pub(crate) fn begin(&self) -> Instant {
        self.0.ages.now()
    }

    /// Returns the members of the rows that were requested at `begun`.
    pub(crate) fn end(&self, begun: Instant, found: Found) -> Vec<Member> {
        let Found { wall, mut members, skipped } = found;
        self.0.unreadable.all(skipped);
        if let Some(wall) = wall {
            self.0.ages.correct(begun, wall, &mut members);
        }
        members
    }
}
