use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::names::Skipped;
use crate::{Member, MembershipError};

/// The most changes that wait for a slow reader before the watch itself waits for it.
const WAITING: usize = 256;

/// A change of a member, with the member as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberChange {
    /// It is alive now, and was not before.
    Joined(Member),
    /// It is no longer alive.
    Left(Member),
    /// Any other change: a heartbeat, a new record, forced down or not.
    Updated(Member),
}

impl MemberChange {
    /// Returns the member that has changed.
    pub fn member(&self) -> &Member {
        match self {
            Self::Joined(member) | Self::Left(member) | Self::Updated(member) => member,
        }
    }
}

/// The changes of a fleet as they come: a [`Stream`], with [`next`](Self::next) for callers who do not need the trait.
///
/// An error reports that the store does not answer. It comes once per outage; the watch continues, and after the outage
/// the changes of that time follow. Members with invalid names are skipped. Dropping this ends the watch.
#[derive(Debug)]
pub struct Changes {
    receiver: mpsc::Receiver<Result<MemberChange, MembershipError>>,
    watcher: JoinHandle<()>,
    /// Skips changes of records with invalid names.
    skipped: Arc<Skipped>,
}

/// The sender of a watch's changes, which [`Changes::spawn`] gives to its task.
#[derive(Clone, Debug)]
pub struct ChangeSender(mpsc::Sender<Result<MemberChange, MembershipError>>);

impl ChangeSender {
    /// Sends a change, or that the store does not answer. While 256 changes wait for the reader, it waits too.
    ///
    /// Returns whether the changes still have a reader. If not, the watch should end.
    ///
    /// # Cancel safety
    /// Dropping the future sends nothing.
    #[must_use = "a watch without a reader should end"]
    pub async fn send(&self, change: Result<MemberChange, MembershipError>) -> bool {
        self.0.send(change).await.is_ok()
    }
}

impl Changes {
    /// Creates the changes that `watch` sends. Its task ends with this value.
    ///
    /// # Panics
    /// When it is called outside a tokio runtime.
    pub fn spawn<F, W>(watch: F) -> Self
    where
        F: FnOnce(ChangeSender) -> W,
        W: Future<Output = ()> + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self { receiver, watcher: tokio::spawn(watch(ChangeSender(sender))), skipped: Arc::default() }
    }

    /// Returns the same changes, and records the skipped ones in `skipped`.
    pub(crate) fn without(self, skipped: Arc<Skipped>) -> Self {
        let mut changes = self;
        changes.skipped = skipped;
        changes
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<MemberChange, MembershipError>>> {
        loop {
            match self.receiver.poll_recv(context) {
                Poll::Ready(Some(Ok(change))) if !self.skipped.passes(change.member()) => {}
                other => return other,
            }
        }
    }

    /// Returns the next change; `None` once the watch has ended, because its driver is gone.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<MemberChange, MembershipError>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

impl Stream for Changes {
    type Item = Result<MemberChange, MembershipError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        self.watcher.abort();
    }
}
