//! The open connections, and the choice of the one that is closed for a new one.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use periodic_core::task::Cancellation;
use tokio::sync::Notify;

use super::folded::Folded;
use crate::caught::catch_subscriber;

/// The places for connections. If all are taken, or all that one address may have, a new connection replaces the oldest
/// stranger: a client that has shown no token yet.
pub(super) struct Places {
    most: usize,
    /// The most places of one address.
    of_one: usize,
    taken: Mutex<Taken>,
    freed: Notify,
    full: Folded,
}

#[derive(Default)]
struct Taken {
    last: u64,
    /// By number, so the oldest is the first.
    places: BTreeMap<u64, Entry>,
    /// Whether all have been taken, until a tenth of them is free again; and whether that was logged.
    is_full: bool,
    was_said: bool,
}

struct Entry {
    address: IpAddr,
    /// Ends the connection; `None` once it has shown a token.
    stranger: Option<Cancellation>,
}

/// A place, until it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    number: u64,
    address: IpAddr,
    ended: Cancellation,
    known: AtomicBool,
}

/// The reason why there is no place.
#[derive(Debug, PartialEq, Eq)]
enum Refused {
    /// All are taken, and none by a stranger.
    Full,
    /// The address has all that it may have, and none is a stranger's.
    Share,
}

impl Places {
    pub(super) fn new(most: usize, of_one: usize) -> Arc<Self> {
        let (taken, freed, full) = (Mutex::default(), Notify::new(), Folded::default());
        Arc::new(Self { most, of_one, taken, freed, full })
    }

    /// Waits for a place. Returns `None` if the address has its share.
    pub(super) async fn take(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        loop {
            match self.try_take(network_of(address)) {
                Ok(place) => return Some(place),
                Err(Refused::Share) => return None,
                Err(Refused::Full) => self.freed.notified().await,
            }
        }
    }

    fn try_take(self: &Arc<Self>, address: IpAddr) -> Result<Place, Refused> {
        let mut taken = self.taken();
        let is_full = taken.places.len() >= self.most;
        let says_so = if is_full && !taken.is_full { self.full.happens() } else { None };
        taken.is_full |= is_full;
        taken.was_said |= says_so.is_some();
        let place = taken.room(self.most, self.of_one, address).map(|gone| {
            taken.last += 1;
            let (number, ended) = (taken.last, Cancellation::new());
            taken.places.insert(number, Entry { address, stranger: Some(ended.clone()) });
            let places = Arc::clone(self);
            (Place { places, number, address, ended, known: AtomicBool::new(false) }, gone)
        });
        drop(taken);
        if let Some(times) = says_so {
            let connections = self.most;
            catch_subscriber(|| {
                tracing::warn!(
                    connections,
                    times,
                    "the conductor's connections are all in use; further clients wait"
                );
            });
        }
        let (place, gone) = place?;
        if let Some(gone) = gone {
            // Outside the lock, because it runs wakers.
            gone.cancel();
        }
        Ok(place)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // No code panics while it is held.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_scarce(&self, taken: usize) -> bool {
        taken > self.most - self.most / 10
    }
}

impl Taken {
    /// Makes room for one more; `Some` is the stranger that must end.
    fn room(&mut self, most: usize, of_one: usize, address: IpAddr) -> Result<Option<Cancellation>, Refused> {
        let of_address = self.places.values().filter(|one| one.address == address).count();
        let goes = if of_address >= of_one {
            self.oldest_stranger(|one| one.address == address).ok_or(Refused::Share)?
        } else if self.places.len() >= most {
            self.oldest_stranger(|_| true).ok_or(Refused::Full)?
        } else {
            return Ok(None);
        };
        Ok(self.places.remove(&goes).and_then(|gone| gone.stranger))
    }

    fn oldest_stranger(&self, whose: impl Fn(&Entry) -> bool) -> Option<u64> {
        let mut strangers = self.places.iter().filter(|(_, one)| one.stranger.is_some() && whose(one));
        strangers.next().map(|(number, _)| *number)
    }
}

impl Place {
    pub(super) fn address(&self) -> IpAddr {
        self.address
    }

    /// Notes that the client has shown a token, so it makes room for no other.
    pub(super) fn is_known_now(&self) {
        if !self.known.swap(true, Ordering::Relaxed)
            && let Some(entry) = self.places.taken().places.get_mut(&self.number)
        {
            entry.stranger = None;
        }
    }

    pub(super) fn is_known(&self) -> bool {
        self.known.load(Ordering::Relaxed)
    }

    /// Waits until the connection must make room.
    pub(super) async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Whether less than a tenth of the places is free. Then each connection is for one request, so that all clients
    /// have their turn.
    pub(super) fn is_scarce(&self) -> bool {
        let taken = self.places.taken().places.len();
        self.places.is_scarce(taken)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.places.remove(&self.number);
        let recovers = taken.is_full && !self.places.is_scarce(taken.places.len());
        taken.is_full &= !recovers;
        let says_so = recovers && std::mem::take(&mut taken.was_said);
        drop(taken);
        self.places.freed.notify_one();
        if says_so {
            catch_subscriber(|| tracing::info!("the conductor has free connections again"));
        }
    }
}

/// Returns the part that counts as one address: an IPv6 host has a network of its own, with 2^64 addresses.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(number: u8) -> IpAddr {
        [10, 0, 0, number].into()
    }

    fn is_ended(place: &Place) -> bool {
        place.ended.is_cancelled()
    }

    #[test]
    fn the_stranger_that_waits_longest_makes_room() {
        let places = Places::new(3, 3);
        let first = places.try_take(host(1)).unwrap();
        first.is_known_now();
        let (second, third) = (places.try_take(host(2)).unwrap(), places.try_take(host(3)).unwrap());
        let fourth = places.try_take(host(4)).unwrap();
        assert_eq!([&first, &second, &third, &fourth].map(is_ended), [false, true, false, false]);
        // A connection that has made room frees no place when it ends.
        drop(second);
        assert_eq!(places.taken().places.len(), 3);
        third.is_known_now();
        fourth.is_known_now();
        assert_eq!(places.try_take(host(5)).err(), Some(Refused::Full));
        drop(first);
        assert!(places.try_take(host(5)).is_ok());
    }

    #[test]
    fn one_address_has_its_share_and_no_more() {
        let places = Places::new(100, 2);
        let (first, second) = (places.try_take(host(1)).unwrap(), places.try_take(host(1)).unwrap());
        let third = places.try_take(host(1)).unwrap();
        assert_eq!([&first, &second, &third].map(is_ended), [true, false, false], "its own stranger goes");
        second.is_known_now();
        third.is_known_now();
        assert_eq!(places.try_take(host(1)).err(), Some(Refused::Share));
        let _other = places.try_take(host(2)).unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_waits_for_those_that_are_known() {
        let places = Places::new(1, 1);
        let first = places.take(host(1)).await.unwrap();
        first.is_known_now();
        assert!(places.take(host(1)).await.is_none());
        let waits = places.take(host(2));
        let waits = tokio::time::timeout(std::time::Duration::from_secs(3600), waits);
        assert!(waits.await.is_err());
        let (place, ()) = tokio::join!(places.take(host(2)), async { drop(first) });
        assert_eq!(place.unwrap().address(), host(2));
    }

    #[test]
    fn places_are_scarce_in_the_last_tenth() {
        let places = Places::new(10, 10);
        let mut taken: Vec<_> = (0..9).map(|number| places.try_take(host(number)).unwrap()).collect();
        assert!(!taken[0].is_scarce());
        taken.push(places.try_take(host(9)).unwrap());
        assert!(taken[0].is_scarce());
    }

    #[test]
    fn a_network_counts_as_one_address() {
        let network = |text: &str| network_of(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("2001:db8:1:3::1"), "2001:db8:1:3::");
        assert_eq!(network("::ffff:10.0.0.7"), "10.0.0.7");
        assert_eq!(network("10.0.0.7"), "10.0.0.7");
        assert_eq!(network("::1"), "::");
    }
}
