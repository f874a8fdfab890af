use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream as _;
use hyper::body::{Body, Bytes, Frame};
use periodic_core::task::Cancellation;
use periodic_runtime::boxed::Boxed;
use tokio::time::{Interval, MissedTickBehavior};

use super::watches::Watching;
use crate::Changes;
use crate::conductor::wire::WireChange;

/// The interval of empty lines. They show the client that the conductor runs, and find clients that are gone.
const SIGN: Duration = Duration::from_secs(5);

/// The answer to a watch: a line for each change, until the conductor stops.
pub(super) struct ChangeStream {
    changes: Changes,
    sign: Interval,
    stopped: Boxed<'static, ()>,
    _counted: Watching,
}

impl ChangeStream {
    pub(super) fn new(changes: Changes, stop: Cancellation, counted: Watching) -> Self {
        let mut sign = tokio::time::interval(SIGN);
        sign.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { changes, sign, stopped: Box::pin(async move { stop.cancelled().await }), _counted: counted }
    }
}

impl Body for ChangeStream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        match Pin::new(&mut self.changes).poll_next(context) {
            Poll::Ready(Some(told)) => {
                let mut line = serde_json::to_vec(&WireChange::from(told)).unwrap_or_default();
                line.push(b'\n');
                return Poll::Ready(Some(Ok(Frame::data(line.into()))));
            }
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => {}
        }
        self.sign.poll_tick(context).map(|_| Some(Ok(Frame::data(Bytes::from_static(b"\n")))))
    }
}
