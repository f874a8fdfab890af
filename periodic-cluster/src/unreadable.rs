use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::caught::catch_subscriber;
use periodic_text::{LONGEST_TEXT, bounded, escaped, quoted};

/// The most records that are named; one line reports that there are more.
const NAMED: usize = 100;

/// The records that could not be read at the last reading. Each is skipped, and logged once while that lasts: one bad
/// record must not hide the rest of the fleet.
#[derive(Debug, Default)]
pub(crate) struct Unreadable(Mutex<Said>);

#[derive(Debug, Default)]
struct Said {
    named: BTreeSet<String>,
    more: bool,
}

/// A record that cannot be read, and the reason. Both texts come from the store, and are escaped here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    record: String,
    why: String,
}

impl Skipped {
    pub(crate) fn new(record: &str, why: impl Display) -> Self {
        let why = bounded(LONGEST_TEXT, format_args!("{why}"));
        Self { record: quoted(record).to_string(), why: escaped(&why).to_string() }
    }
}

impl Unreadable {
    /// Takes the records that a reading of all records has skipped.
    pub(crate) fn all(&self, skipped: Vec<Skipped>) {
        let mut said = self.said();
        if skipped.is_empty() && said.named.is_empty() && !said.more {
            return;
        }
        let count = skipped.len();
        let before = std::mem::take(&mut *said);
        let mut new = Vec::new();
        for one in skipped.into_iter().take(NAMED) {
            said.named.insert(one.record.clone());
            if !before.named.contains(&one.record) {
                new.push(one);
            }
        }
        said.more = count > NAMED;
        let more = said.more && !before.more;
        drop(said);
        new.iter().for_each(say);
        if more {
            catch_subscriber(|| {
                tracing::warn!(
                    count,
                    "more than {NAMED} members' records cannot be read; the others are not named"
                );
            });
        }
    }

    /// Takes the result of reading one record: read, or skipped.
    #[cfg(any(feature = "etcd", feature = "zookeeper"))]
    pub(crate) fn one<T>(&self, record: &str, read: Result<T, impl Display>) -> Option<T> {
        let mut said = self.said();
        match read {
            Ok(read) => {
                if !said.named.is_empty() {
                    said.named.remove(&quoted(record).to_string());
                }
                Some(read)
            }
            Err(why) => {
                let skipped = Skipped::new(record, why);
                let new = said.named.len() < NAMED && said.named.insert(skipped.record.clone());
                drop(said);
                if new {
                    say(&skipped);
                }
                None
            }
        }
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        // A panic cannot leave the names half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn say(skipped: &Skipped) {
    let Skipped { record, why } = skipped;
    catch_subscriber(
        || tracing::warn!(%record, %why, "a member's record cannot be read and is skipped: repair it or remove it"),
    );
}
