use tokio::task::{JoinError, JoinSet};

/// A task that ends with this value.
#[derive(Debug)]
pub(super) struct Owned<T>(JoinSet<T>);

impl<T: Send + 'static> Owned<T> {
    pub(super) fn spawn(work: impl Future<Output = T> + Send + 'static) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(work);
        Self(tasks)
    }

    /// What it ended with; `None` if that has been told already.
    pub(super) async fn end(&mut self) -> Option<Result<T, JoinError>> {
        self.0.join_next().await
    }
}
