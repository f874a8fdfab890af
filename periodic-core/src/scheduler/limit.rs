use core::num::NonZeroUsize;

/// A set of tasks whose active runs share a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GroupId(u16);

impl GroupId {
    /// All tasks of the service.
    pub(crate) const SERVICE: Self = Self(0);
}

/// The right to be active: a run holds it from the moment at which it is handed out until it leaves its row.
///
/// [`Limits::take`] alone makes one. Only a copy of a row copies it.
#[derive(Clone, Debug)]
#[must_use = "a permit that is lost is never free again"]
pub(crate) struct Permit {
    group: GroupId,
}

/// The limits of active runs, and their permits in use.
#[derive(Debug)]
pub(crate) struct Limits {
    /// By group; empty for a copy of a row, whose permits count nowhere.
    pools: Vec<Pool>,
}

#[derive(Debug)]
struct Pool {
    limit: Option<NonZeroUsize>,
    taken: usize,
}

impl Pool {
    fn has_room(&self) -> bool {
        self.limit.is_none_or(|limit| self.taken < limit.get())
    }
}

impl Limits {
    /// Creates the limit of the service.
    pub(super) fn new(service: Option<NonZeroUsize>) -> Self {
        Self { pools: vec![Pool { limit: service, taken: 0 }] }
    }

    /// Creates limits that count nothing and have no permits, for a copy of a row.
    pub(super) const fn uncounted() -> Self {
        Self { pools: Vec::new() }
    }

    /// Takes a permit, if one is free.
    pub(crate) fn take(&mut self, group: GroupId) -> Option<Permit> {
        let pool = self.pools.get_mut(usize::from(group.0)).filter(|pool| pool.has_room())?;
        pool.taken += 1;
        debug_assert!(pool.limit.is_none_or(|limit| pool.taken <= limit.get()), "{pool:?}");
        Some(Permit { group })
    }

    /// Takes a permit back.
    pub(crate) fn give_back(&mut self, Permit { group }: Permit) {
        if let Some(pool) = self.pools.get_mut(usize::from(group.0)) {
            debug_assert!(pool.taken > 0, "{group:?} gets back more permits than it gave");
            pool.taken -= 1;
        }
    }

    /// Returns the number of free permits.
    #[inline]
    pub(super) fn free(&self, group: GroupId) -> usize {
        let Some(pool) = self.pools.get(usize::from(group.0)) else { return 0 };
        pool.limit.map_or(usize::MAX, |limit| limit.get() - pool.taken)
    }

    /// Returns the number of permits in use.
    #[inline]
    pub(super) fn taken(&self, group: GroupId) -> usize {
        self.pools.get(usize::from(group.0)).map_or(0, |pool| pool.taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_is_free_again_when_it_is_given_back() {
        let mut limits = Limits::new(NonZeroUsize::new(2));
        let [first, second] = [(); 2].map(|()| limits.take(GroupId::SERVICE));
        assert!(first.is_some() && second.is_some() && limits.take(GroupId::SERVICE).is_none());
        assert_eq!(limits.taken(GroupId::SERVICE), 2);
        limits.give_back(first.unwrap());
        assert_eq!(limits.taken(GroupId::SERVICE), 1);
        assert!(limits.take(GroupId::SERVICE).is_some());
    }

    #[test]
    fn the_permits_of_a_copy_count_nowhere() {
        let mut limits = Limits::new(None);
        let permit = limits.take(GroupId::SERVICE).unwrap();
        let mut of_copy = Limits::uncounted();
        of_copy.give_back(permit.clone());
        assert!(of_copy.take(GroupId::SERVICE).is_none());
        assert_eq!((of_copy.taken(GroupId::SERVICE), limits.taken(GroupId::SERVICE)), (0, 1));
    }
}
