use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use periodic_runtime::service::ServiceIdentity;

use crate::{MembershipError, Process};

/// The most processes that are remembered: a heartbeat is late by seconds, and a conductor's driver lives for years.
const MOST: usize = 65_536;

/// The processes that have left through this driver, so that a late heartbeat restores none of them. Beyond 65 536 the
/// oldest ones are dropped.
#[derive(Debug, Default)]
pub(crate) struct Departed(Mutex<All>);

type Key = (String, String, Process);

#[derive(Debug, Default)]
struct All {
    last: u64,
    numbers: HashMap<Arc<Key>, u64>,
    in_order: BTreeMap<u64, Arc<Key>>,
}

impl Departed {
    pub(crate) fn insert(&self, service: &ServiceIdentity) {
        let key = Arc::new(key(service));
        let mut all = self.all();
        all.last += 1;
        let number = all.last;
        if let Some(before) = all.numbers.insert(Arc::clone(&key), number) {
            all.in_order.remove(&before);
        }
        all.in_order.insert(number, key);
        if all.in_order.len() > MOST
            && let Some((_, oldest)) = all.in_order.pop_first()
        {
            all.numbers.remove(&oldest);
        }
    }

    pub(crate) fn remove(&self, service: &ServiceIdentity) {
        let mut all = self.all();
        if let Some(number) = all.numbers.remove(&key(service)) {
            all.in_order.remove(&number);
        }
    }

    /// Refuses a heartbeat of a process that has left.
    pub(crate) fn refuse(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        if self.all().numbers.contains_key(&key(service)) {
            return Err(MembershipError::not_joined(&service.host, &service.binary));
        }
        Ok(())
    }

    fn all(&self) -> MutexGuard<'_, All> {
        // No code panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(service: &ServiceIdentity) -> Key {
    (service.binary.clone(), service.host.clone(), Process::of(service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_remembered_and_no_more() {
        let departed = Departed::default();
        let run = |run| {
            let mut service = ServiceIdentity::new("node-1", "nova-compute");
            service.run = run;
            service
        };
        let most = MOST as u64;
        for number in 0..most {
            departed.insert(&run(number));
        }
        // A process that leaves again is among the newest, and one that has joined is removed.
        departed.insert(&run(0));
        departed.remove(&run(1));
        assert!(departed.refuse(&run(1)).is_ok());
        departed.insert(&run(most));
        assert!([0, 2, most].iter().all(|number| departed.refuse(&run(*number)).is_err()));
        departed.insert(&run(most + 1));
        assert!(departed.refuse(&run(2)).is_ok() && departed.refuse(&run(0)).is_err());
        let all = departed.all();
        assert_eq!((all.numbers.len(), all.in_order.len()), (MOST, MOST));
    }
}
