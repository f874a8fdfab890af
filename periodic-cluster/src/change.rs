use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::names::Skipped;
use crate::{Member, MembershipError};

/// How many changes wait for a slow reader before the watch itself waits for it.
const WAITING: usize = 256;

/// Something that happened to a member, with the member as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is alive, and was not.
    Joined(Member),
    /// It is no longer alive.
    Left(Member),
    /// Anything else: a heartbeat, a new record, forced down or not.
    Updated(Member),
}

impl Change {
    /// The member that it is about.
    pub fn member(&self) -> &Member {
        match self {
            Self::Joined(member) | Self::Left(member) | Self::Updated(member) => member,
        }
    }
}

/// The changes of a fleet as they come: a [`Stream`], and [`next`](Self::next) for those who need no more.
///
/// An error says that the store does not answer. It comes once for each time that the store is away; the watch goes
/// on, and once the store is back, what has changed meanwhile follows. Members whose names are none are passed over.
/// Dropping it ends the watch.
#[derive(Debug)]
pub struct Changes {
    receiver: mpsc::Receiver<Result<Change, MembershipError>>,
    watcher: JoinHandle<()>,
    /// Passes over changes of records with bad names.
    skipped: Arc<Skipped>,
}

/// Where a watch puts what it sees. It fails when nobody listens any more.
pub type ChangeSender = mpsc::Sender<Result<Change, MembershipError>>;

impl Changes {
    /// The changes that `watch` sends. Its task ends with this value.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn spawn<F, W>(watch: F) -> Self
    where
        F: FnOnce(ChangeSender) -> W,
        W: Future<Output = ()> + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self { receiver, watcher: tokio::spawn(watch(sender)), skipped: Arc::default() }
    }

    /// The same changes, of which those that are passed over are noted in `skipped`.
    pub(crate) fn without(self, skipped: Arc<Skipped>) -> Self {
        let mut changes = self;
        changes.skipped = skipped;
        changes
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Change, MembershipError>>> {
        loop {
            match self.receiver.poll_recv(context) {
                Poll::Ready(Some(Ok(change))) if !self.skipped.passes(change.member()) => {}
                other => return other,
            }
        }
    }

    /// The next change; `None` once the watch has ended, because its driver is gone.
    ///
    /// # Cancel safety
    /// Nothing is lost when it is dropped.
    pub async fn next(&mut self) -> Option<Result<Change, MembershipError>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

impl Stream for Changes {
    type Item = Result<Change, MembershipError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        self.watcher.abort();
    }
}
