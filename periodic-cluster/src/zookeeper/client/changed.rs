use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The most names that wait for a watch. With more it reads all members instead.
const NAMES: usize = 1_000;

/// The changes that a watch has not taken yet, each name once.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    waiting: Mutex<Waiting>,
    told: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    names: BTreeSet<String>,
    all: bool,
    lost: bool,
}

/// The next news of a watch.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// The node of this name below the root, or one below it, has changed.
    Name(String),
    /// More nodes have changed than are named.
    All,
    /// The connection is lost, and with it the watch.
    Lost,
}

impl Changed {
    pub(super) fn tell(&self, name: &str) {
        let mut waiting = self.waiting();
        if waiting.all || waiting.names.contains(name) {
            return;
        }
        if waiting.names.len() < NAMES {
            waiting.names.insert(name.to_owned());
        } else {
            waiting.all = true;
            waiting.names.clear();
        }
        drop(waiting);
        self.told.notify_one();
    }

    pub(super) fn lose(&self) {
        self.waiting().lost = true;
        self.told.notify_one();
    }

    /// Waits for the next news. Dropping the future loses none.
    pub(crate) async fn next(&self) -> News {
        loop {
            if let Some(news) = self.take() {
                return news;
            }
            self.told.notified().await;
        }
    }

    fn take(&self) -> Option<News> {
        let mut waiting = self.waiting();
        if waiting.lost {
            return Some(News::Lost);
        }
        if std::mem::take(&mut waiting.all) {
            return Some(News::All);
        }
        waiting.names.pop_first().map(News::Name)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // A panic cannot leave the names half changed.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_name_waits_once_and_all_of_them_when_they_are_too_many() {
        let changed = Changed::default();
        for name in ["b", "a", "b"] {
            changed.tell(name);
        }
        assert_eq!(changed.next().await, News::Name("a".to_owned()));
        assert_eq!(changed.next().await, News::Name("b".to_owned()));
        assert_eq!(changed.take(), None);
        for name in 0..100_000 {
            changed.tell(&name.to_string());
        }
        assert_eq!(changed.next().await, News::All);
        assert_eq!(changed.take(), None);
        changed.tell("c");
        changed.lose();
        assert_eq!(changed.next().await, News::Lost);
        assert_eq!(changed.next().await, News::Lost, "for good");
    }
}
