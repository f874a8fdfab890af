use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::conductor::token::Caller;

/// The most watches at once, and the most with the token of one host.
const MOST: usize = 512;
const OF_A_HOST: usize = 16;

/// The number of each caller's watches.
#[derive(Default)]
pub(super) struct Watches(Mutex<BTreeMap<Option<Arc<str>>, usize>>);

/// A counted watch, until it is dropped.
pub(super) struct Watching {
    watches: Arc<Watches>,
    host: Option<Arc<str>>,
}

impl Watches {
    /// Counts one more watch. Fails with the bound if it is reached.
    pub(super) fn begin(self: &Arc<Self>, caller: &Caller) -> Result<Watching, usize> {
        let host = match caller {
            Caller::Operator => None,
            Caller::Host(host) => Some(Arc::clone(host)),
        };
        let mut watches = self.watches();
        if watches.values().sum::<usize>() >= MOST {
            return Err(MOST);
        }
        let own = watches.entry(host.clone()).or_default();
        if host.is_some() && *own >= OF_A_HOST {
            return Err(OF_A_HOST);
        }
        *own += 1;
        Ok(Watching { watches: Arc::clone(self), host })
    }

    fn watches(&self) -> MutexGuard<'_, BTreeMap<Option<Arc<str>>, usize>> {
        // No code panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut watches = self.watches.watches();
        if let Some(own) = watches.get_mut(&self.host) {
            *own -= 1;
            if *own == 0 {
                watches.remove(&self.host);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watches_are_counted_in_all_and_for_each_host() {
        let watches = Arc::new(Watches::default());
        let host = |number: usize| Caller::Host(format!("node-{number}").into());
        let mut going: Vec<_> = (0..OF_A_HOST).map(|_| watches.begin(&host(0)).unwrap()).collect();
        assert_eq!(watches.begin(&host(0)).err(), Some(OF_A_HOST));
        going.extend((OF_A_HOST..MOST).map(|_| watches.begin(&Caller::Operator).unwrap()));
        for caller in [host(1), Caller::Operator] {
            assert_eq!(watches.begin(&caller).err(), Some(MOST));
        }
        going.truncate(OF_A_HOST - 1);
        assert!(watches.begin(&host(0)).is_ok());
        going.clear();
        assert!(watches.watches().is_empty());
    }
}
