use core::pin::pin;
use core::task::{Context, Poll, Waker};

/// Returns the output of `future`, which must not wait.
///
/// A sequential pass on a clock that is moved by hand has nothing to wait for, so these tests need no runtime.
pub(crate) fn finish<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits, although nothing would ever wake it"),
    }
}
