use std::time::Duration;

use etcd_client::{Error, WatchResponse, WatchStream};

/// The time without a message after which the server is asked for the progress of the watch.
const QUIET: Duration = Duration::from_secs(2);

/// The longest time of the answer.
const ANSWER: Duration = Duration::from_secs(2);

/// A source of infrequent news.
pub(super) trait Tells: Send {
    type News;

    /// # Cancel safety
    /// Dropping the future loses nothing.
    fn news(&mut self) -> impl Future<Output = Self::News> + Send;

    /// Asks for an answer even if there are no news.
    fn ask(&mut self) -> impl Future<Output = ()> + Send;
}

impl Tells for WatchStream {
    type News = Result<Option<WatchResponse>, Error>;

    fn news(&mut self) -> impl Future<Output = Self::News> + Send {
        self.message()
    }

    async fn ask(&mut self) {
        // If the stream has ended, `news` reports it.
        let _ = self.request_progress().await;
    }
}

/// Returns the next news; `None` if the server is silent for longer than [`QUIET`] and [`ANSWER`] together.
///
/// The pings of the connection are not enough: a server may answer them and send no news.
pub(super) async fn next<T: Tells>(from: &mut T) -> Option<T::News> {
    if let Ok(news) = tokio::time::timeout(QUIET, from.news()).await {
        return Some(news);
    }
    let answer = async {
        from.ask().await;
        from.news().await
    };
    tokio::time::timeout(ANSWER, answer).await.ok()
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::Instant;

    use super::*;

    /// A server with news after `after`, or immediately after a question if it `answers`.
    struct Server {
        after: Duration,
        answers: bool,
        asked: u32,
    }

    impl Tells for Server {
        type News = &'static str;

        async fn news(&mut self) -> &'static str {
            if self.answers && self.asked > 0 {
                return "none";
            }
            tokio::time::sleep(self.after).await;
            "some"
        }

        async fn ask(&mut self) {
            self.asked += 1;
            if self.after == Duration::MAX {
                // It does not even accept the question.
                pending::<()>().await;
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_is_silent_that_does_not_answer() {
        for (after, answers, news, seconds, asked) in [
            (Duration::from_secs(1), false, Some("some"), 1, 0),
            (Duration::from_secs(60), true, Some("none"), 2, 1),
            (Duration::from_secs(60), false, None, 4, 1),
            (Duration::MAX, true, None, 4, 1),
        ] {
            let (mut server, begun) = (Server { after, answers, asked: 0 }, Instant::now());
            assert_eq!(next(&mut server).await, news, "{after:?} {answers}");
            assert_eq!((begun.elapsed().as_secs(), server.asked), (seconds, asked), "{after:?} {answers}");
        }
    }
}
