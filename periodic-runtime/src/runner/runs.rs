use periodic_core::scheduler::RunId;
use tokio::task::{AbortHandle, JoinHandle};

/// The runs that are going outside the serving loop. Dropping it ends the async ones.
#[derive(Default)]
pub(super) struct Runs {
    tasks: Vec<JoinHandle<()>>,
    /// Those that a newer slot may replace.
    replaceable: Vec<(RunId, AbortHandle)>,
}

impl Runs {
    pub(super) fn add(&mut self, task: JoinHandle<()>) {
        self.tasks.push(task);
    }

    /// Adds a run that a newer slot may replace.
    pub(super) fn add_replaceable(&mut self, id: RunId, task: JoinHandle<()>) {
        self.replaceable.push((id, task.abort_handle()));
        self.add(task);
    }

    /// Forgets those that ended, once they are more than the `running` others: so each is looked at twice, not in
    /// each round.
    pub(super) fn reap(&mut self, running: usize) {
        if self.tasks.len() >= 64 + 2 * running {
            self.tasks.retain(|task| !task.is_finished());
            self.replaceable.retain(|(_, task)| !task.is_finished());
        }
    }

    /// Ends the run that a newer slot replaces.
    pub(super) fn abort(&self, id: RunId) {
        if let Some((_, task)) = self.replaceable.iter().find(|(run, _)| *run == id) {
            task.abort();
        }
    }

    /// Ends all, and waits until they have ended.
    pub(super) async fn abort_all(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        for task in self.tasks.drain(..) {
            // Its end is reported, however it came.
            let _ = task.await;
        }
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
