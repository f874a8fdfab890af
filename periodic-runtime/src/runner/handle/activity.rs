use std::fmt;

use periodic_core::task::TaskName;

use super::Handle;

/// The most tasks that the text names.
const NAMED: usize = 5;

/// The active tasks, and the number of runs of each.
///
/// Its text is one line, which is also systemd's status: `idle`, or `running: ` with the first five tasks in the order
/// of their names. It has no times, so that it changes only when the runs do.
///
/// # Examples
/// ```
#[doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manager.txt"))]
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), periodic_runtime::Error> {
/// use std::time::Duration;
/// use periodic_runtime::Runner;
///
/// let runner = Runner::builder(Manager).build()?;
/// let handle = runner.handle();
/// assert_eq!(handle.activity().to_string(), "idle");
///
/// let seen = async {
///     tokio::time::sleep(Duration::from_secs(1)).await;
///     assert_eq!(handle.activity().to_string(), "running: Manager.poll");
/// };
/// let _stopped = runner.run_until(seen).await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// One name for each run, sorted.
    running: Vec<TaskName>,
}

impl Activity {
    /// Returns the active tasks in the order of their names, and the number of runs of each.
    pub fn running(&self) -> impl Iterator<Item = (&TaskName, usize)> {
        self.running.chunk_by(TaskName::eq).filter_map(|runs| Some((runs.first()?, runs.len())))
    }

    /// Whether no task is active.
    pub fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// Returns the activity of both.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.running.extend(other.running);
        self.running.sort();
        self
    }
}

impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_idle() {
            return f.write_str("idle");
        }
        let mut before = "running: ";
        for (task, runs) in self.running().take(NAMED) {
            write!(f, "{before}{task}")?;
            if runs > 1 {
                write!(f, " ({runs})")?;
            }
            before = ", ";
        }
        match self.running().count().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

impl Handle {
    /// Returns the tasks that run now. Runs that have not reached their first line are not included.
    pub fn activity(&self) -> Activity {
        let mut running = Vec::new();
        for run in self.going() {
            if run.elapsed.is_some() {
                running.push(run.task.name().clone());
            }
        }
        running.sort();
        Activity { running }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tasks: &[(&str, usize)]) -> Activity {
        let names = tasks.iter().flat_map(|(task, runs)| vec![TaskName::new("M", task).unwrap(); *runs]);
        Activity { running: names.collect() }
    }

    #[test]
    fn the_text_is_one_line_and_names_five() {
        assert_eq!(of(&[]).to_string(), "idle");
        assert_eq!(of(&[("a", 1), ("b", 2)]).to_string(), "running: M.a, M.b (2)");
        let many = of(&[("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 1), ("g", 3)]);
        assert_eq!(many.to_string(), "running: M.a, M.b, M.c, M.d, M.e and 2 more");
    }

    #[test]
    fn that_of_two_runners_is_their_sum() {
        assert_eq!(of(&[("a", 1), ("b", 1)]).and(of(&[("b", 2)])), of(&[("a", 1), ("b", 3)]));
    }
}
