use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::conductor::token::Caller;

/// How many services the token of a host may record. A record stays, so without a bound one host could make the list of
/// the members longer than an answer may be, for all.
const OF_A_HOST: usize = 64;

/// The services that were recorded with the token of a host, since the conductor began.
#[derive(Default)]
pub(super) struct Recorded(Mutex<BTreeMap<Arc<str>, BTreeSet<String>>>);

impl Recorded {
    /// Notes a service that is recorded. Else how many there may be.
    pub(super) fn admit(&self, caller: &Caller, service: &str) -> Result<(), usize> {
        let Caller::Host(host) = caller else { return Ok(()) };
        // The group refuses such a name.
        if periodic_text::name::problem(service).is_some() {
            return Ok(());
        }
        let mut all = self.all();
        let own = all.entry(Arc::clone(host)).or_default();
        if own.len() >= OF_A_HOST && !own.contains(service) {
            return Err(OF_A_HOST);
        }
        own.insert(service.to_owned());
        Ok(())
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, BTreeSet<String>>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
