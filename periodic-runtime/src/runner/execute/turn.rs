use std::future::poll_fn;
use std::mem;
use std::task::Poll;

/// Gives the runtime's other tasks their turn; `parallel` says whether the runtime has threads of its own.
pub(super) async fn give_turn(parallel: bool) {
    if !parallel {
        // Timers and sockets have theirs, too.
        return tokio::task::yield_now().await;
    }
    // A task that yields to tokio waits for the thread that it was on, which a run may block. A task that wakes itself
    // may continue on any other.
    let mut has_yielded = false;
    poll_fn(|cx| {
        if mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
