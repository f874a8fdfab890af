use std::collections::VecDeque;

use periodic_core::scheduler::SlotRecord;
use tokio::sync::broadcast::{self, Sender};

use super::{Event, Watcher};
use crate::catch_panic::{catch_panic, drop_quietly};

/// The queue of events for the watchers.
///
/// Events are queued under the scheduler's lock, so that they keep the order in which they happened. They are sent
/// when it is free, because sending wakes watchers. One thread sends at a time, including events that others queue
/// meanwhile. So no call waits for another's watchers, nor for itself if a waker controls the runner.
pub(in crate::runner) struct Outbox {
    /// The number of events that are kept for slow watchers.
    capacity: usize,
    /// `None` without watchers.
    sender: Option<Sender<Event>>,
    /// The events of the current call, apart from the ends of slots.
    published: VecDeque<Event>,
    events: VecDeque<Event>,
    sending: bool,
    /// Whether there is a serving loop, which sends the events that a call leaves.
    pub(in crate::runner) is_served: bool,
    ends: Ends,
    closed: bool,
}

/// The time of the last event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runner) enum Ends {
    #[default]
    NotYet,
    /// The runner is gone; runs that it spawned may still be active.
    WithTheLastRun,
    /// The outcome of every slot is recorded, although blocking work may continue.
    Now,
}

/// The events to send now, in order. The sender calls [`Outbox::sent`] afterwards.
pub(in crate::runner) struct Sending {
    sender: Sender<Event>,
    events: VecDeque<Event>,
}

impl Outbox {
    pub(in crate::runner) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            sender: None,
            published: VecDeque::new(),
            events: VecDeque::new(),
            sending: false,
            is_served: false,
            ends: Ends::NotYet,
            closed: false,
        }
    }

    pub(in crate::runner) fn watch(&mut self) -> Watcher {
        if let Some(sender) = &self.sender {
            return Watcher::new(sender.subscribe());
        }
        let (sender, receiver) = broadcast::channel(self.capacity);
        // Once the runner is gone the sender is dropped here, and the watcher ends at once.
        self.sender = Some(sender).filter(|_| !self.closed);
        Watcher::new(receiver)
    }

    /// Queues an event of the current call; it follows the slots that the call decides.
    pub(in crate::runner) fn publish(&mut self, event: impl FnOnce() -> Event) {
        if self.sender.is_some() {
            self.published.push_back(event());
        }
    }

    /// Whether there is a watcher, or was one until a moment ago.
    pub(in crate::runner) fn is_watched(&self) -> bool {
        self.sender.is_some()
    }

    /// Queues the end of a slot in the current call.
    pub(in crate::runner) fn decided(&mut self, record: &SlotRecord) {
        if self.sender.is_some() {
            self.events.push_back(Event::SlotEnded(record.clone()));
        }
    }

    /// Ends the current call; returns whether there are events to send.
    pub(in crate::runner) fn called(&mut self, running: usize) -> bool {
        let last = self.ends == Ends::Now || (self.ends == Ends::WithTheLastRun && running == 0);
        let ends = last && !std::mem::replace(&mut self.closed, last);
        if self.sender.is_none() {
            return false;
        }
        self.events.append(&mut self.published);
        if ends {
            self.events.push_back(Event::Stopped);
        }
        !self.events.is_empty()
    }

    /// Sets when the watchers end.
    pub(in crate::runner) fn end(&mut self, ends: Ends) {
        self.ends = self.ends.max(ends);
    }

    /// Takes the events to send, unless another thread is sending.
    pub(in crate::runner) fn take(&mut self) -> Option<Sending> {
        let sender = self.sender.as_ref().filter(|_| !self.sending && !self.events.is_empty())?;
        if sender.receiver_count() == 0 {
            self.sender = None;
            self.events.clear();
            return None;
        }
        self.sending = true;
        let sender = if self.closed { self.sender.take()? } else { sender.clone() };
        Some(Sending { sender, events: std::mem::take(&mut self.events) })
    }

    pub(in crate::runner) fn sent(&mut self) {
        self.sending = false;
    }
}

impl Sending {
    /// Sends the events; returns their number.
    pub(in crate::runner) fn send(self) -> usize {
        let Self { sender, events } = self;
        let count = events.len();
        for event in events {
            // Fails if the last watcher is gone, which `take` notices the next time. It wakes watchers, and a waker
            // may panic.
            let _ = catch_panic(|| sender.send(event));
        }
        // The last sender wakes them, too.
        drop_quietly(sender);
        count
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Wake, Waker};

    use super::*;

    /// An executor that polls at once when it is woken, and then breaks.
    struct Impatient(Mutex<Pin<Box<dyn Future<Output = ()> + Send>>>);

    impl Impatient {
        fn poll(self: &Arc<Self>) -> bool {
            let waker = Waker::from(Arc::clone(self));
            self.0.lock().unwrap().as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
        }
    }

    impl Wake for Impatient {
        fn wake(self: Arc<Self>) {
            let ended = self.poll();
            panic!("no executor; ended: {ended}");
        }
    }

    #[test]
    fn a_waker_that_panics_stops_no_event_nor_the_end() {
        let mut outbox = Outbox::new(8);
        let mut watcher = outbox.watch();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&seen);
        let executor = Arc::new(Impatient(Mutex::new(Box::pin(async move {
            loop {
                let event = watcher.next().await;
                let is_last = event.is_none();
                noted.lock().unwrap().push(event);
                if is_last {
                    return;
                }
            }
        }))));
        assert!(!executor.poll());
        outbox.publish(|| Event::Stopping);
        outbox.end(Ends::Now);
        assert!(outbox.called(0));
        assert_eq!(outbox.take().unwrap().send(), 2);
        let seen = seen.lock().unwrap();
        assert!(matches!(seen[..], [Some(Event::Stopping), Some(Event::Stopped), None]), "{seen:?}");
    }
}
