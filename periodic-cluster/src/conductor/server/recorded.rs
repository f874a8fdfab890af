use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::conductor::token::Caller;

/// The most services that the token of a host may record. Records stay, so without a bound one host could make the list
/// of members longer than an answer may be.
const OF_A_HOST: usize = 64;

/// The services that were recorded with tokens of single hosts since the conductor started.
#[derive(Default)]
pub(super) struct Recorded(Mutex<BTreeMap<Arc<str>, BTreeSet<String>>>);

impl Recorded {
    /// Notes a service that is recorded. Fails with the bound if it is reached.
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
        // No code panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
