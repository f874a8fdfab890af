use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task;

use super::{EntryEnd, EntryKind, GroupError, events};
use crate::looping::{End, LoopError, Tokens};

/// The number of ends that are kept.
const ENDS: usize = 64;

/// The state that a group and its entries share. No user code and no subscriber of `tracing` runs under the lock.
pub(super) struct Shared {
    state: Mutex<State>,
    limit: Option<NonZeroUsize>,
    /// Notified when an entry leaves, and when an entry begins to wait for the others.
    pub(super) changed: Notify,
}

#[derive(Default)]
struct State {
    entries: HashMap<u64, Entry>,
    last_id: u64,
    closed: bool,
    ends: Vec<EntryEnd>,
}

struct Entry {
    name: Arc<str>,
    kind: EntryKind,
    tokens: Tokens,
    /// `None` until it begins.
    task: Option<task::Id>,
    /// Whether it was cancelled before it began.
    dropped: bool,
    /// The number of its own calls that wait for the group.
    waits: usize,
}

/// The caller of a method of the group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Outsider,
    Entry(u64),
}

impl State {
    /// Returns the chosen entries, oldest first.
    fn chosen(&self, which: &dyn Fn(u64, &Entry) -> bool) -> Vec<&Entry> {
        let mut chosen = Vec::new();
        for (id, entry) in &self.entries {
            if which(*id, entry) {
                chosen.push((*id, entry));
            }
        }
        chosen.sort_unstable_by_key(|(id, _)| *id);
        chosen.into_iter().map(|(_, entry)| entry).collect()
    }
}

impl Shared {
    pub(super) fn new(limit: Option<NonZeroUsize>) -> Self {
        Self { state: Mutex::default(), limit, changed: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an entry, before its task is spawned.
    pub(super) fn enter(&self, name: Arc<str>, kind: EntryKind, tokens: Tokens) -> Result<u64, GroupError> {
        let mut state = self.lock();
        if state.closed {
            return Err(GroupError::Stopped);
        }
        if let Some(limit) = self.limit
            && state.entries.len() >= limit.get()
        {
            return Err(GroupError::Full { limit });
        }
        state.last_id += 1;
        let id = state.last_id;
        state.entries.insert(id, Entry { name, kind, tokens, task: None, dropped: false, waits: 0 });
        Ok(id)
    }

    /// Records that an entry's task begins; returns whether it still may.
    pub(super) fn begin(&self, id: u64) -> bool {
        let mut state = self.lock();
        let Some(entry) = state.entries.get_mut(&id) else { return false };
        entry.task = task::try_id();
        !entry.dropped
    }

    /// Removes an entry that has ended. No effect if it has left.
    pub(super) fn leave(&self, id: u64, how: Result<End, LoopError>) {
        let end = {
            let mut state = self.lock();
            let Some(Entry { name, kind, .. }) = state.entries.remove(&id) else { return };
            let end = EntryEnd { name, kind, how };
            if state.ends.len() == ENDS {
                state.ends.remove(0);
            }
            state.ends.push(end.clone());
            end
        };
        events::left(&end);
        self.changed.notify_waiters();
    }

    /// Closes the group for new entries.
    pub(super) fn close(&self) {
        self.lock().closed = true;
    }

    pub(super) fn stop_timers(&self) {
        for tokens in self.tokens(&|_, entry| entry.kind == EntryKind::Timer) {
            tokens.stop();
        }
    }

    /// Cuts all entries but the caller.
    pub(super) fn cut(&self, caller: &Role) {
        for tokens in self.tokens(&|id, _| *caller != Role::Entry(id)) {
            tokens.cut();
        }
    }

    /// Cancels one-off work that has not begun.
    pub(super) fn drop_unbegun(&self) {
        for entry in self.lock().entries.values_mut() {
            entry.dropped |= entry.kind == EntryKind::Task && entry.task.is_none();
        }
    }

    /// Returns the tokens as a list, because a woken waiter may take the lock again.
    fn tokens(&self, which: &dyn Fn(u64, &Entry) -> bool) -> Vec<Tokens> {
        self.lock().chosen(which).into_iter().map(|entry| entry.tokens.clone()).collect()
    }

    pub(super) fn role(&self) -> Role {
        let Some(task) = task::try_id() else { return Role::Outsider };
        let state = self.lock();
        let mine = state.entries.iter().find(|(_, entry)| entry.task == Some(task));
        mine.map_or(Role::Outsider, |(id, _)| Role::Entry(*id))
    }

    /// Records that an entry begins or ends a wait for the others.
    pub(super) fn waits(&self, role: Role, more: bool) {
        let Role::Entry(id) = role else { return };
        if let Some(entry) = self.lock().entries.get_mut(&id) {
            entry.waits = if more { entry.waits + 1 } else { entry.waits.saturating_sub(1) };
        }
        self.changed.notify_waiters();
    }

    /// Whether the caller's wait is over. Entries that wait themselves do not count, or they would wait for each other
    /// for ever.
    pub(super) fn is_over(&self, caller: Role) -> bool {
        let state = self.lock();
        match caller {
            Role::Outsider => state.entries.is_empty(),
            Role::Entry(me) => state.entries.iter().all(|(id, entry)| *id == me || entry.waits > 0),
        }
    }

    pub(super) fn names(&self, caller: Role) -> Vec<String> {
        let state = self.lock();
        let mut names = Vec::new();
        for entry in state.chosen(&|id, _| caller != Role::Entry(id)) {
            names.push(entry.name.to_string());
        }
        names
    }

    pub(super) fn count(&self, kind: EntryKind) -> usize {
        self.lock().entries.values().filter(|entry| entry.kind == kind).count()
    }

    pub(super) fn ends(&self) -> Vec<EntryEnd> {
        self.lock().ends.clone()
    }
}
